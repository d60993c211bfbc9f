// One element of the result from one element of each argument.
//
// BINDINGS declares the buffers, `output` and `params`, whose first word is the count. LOADS finds the places of element
// `i` and loads x0, x1, ...; PLACE is where the result goes, STORED what is stored there.
// See crates/engine/src/device/gpu/pointwise.rs for the layout of the parameters.

BINDINGS

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    LOADS
    output[PLACE] = STORED;
}
