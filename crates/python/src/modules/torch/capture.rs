//! Static graphs: what the libraries that run one need of the engine's capture.

use gradloom_engine::{Arg, Captured, Site, Tensor};

use crate::context::Context;
use crate::error::type_error;
use crate::native::{Args, Module, Native, Result, TypeTable};
use crate::value::Value;

use super::args::sequence;
use super::objects::object;

/// A place in the program.
struct Place(Site);
object!(Place, PLACE);

static PLACE: TypeTable = TypeTable { name: "place", ..TypeTable::EMPTY };

/// A captured graph.
struct GraphObject(Captured);
object!(GraphObject, GRAPH);

static GRAPH: TypeTable = TypeTable { name: "graph", ..TypeTable::EMPTY };

fn tensors(args: &Args, i: usize) -> Result<Vec<Tensor>> {
    let items = sequence(&args[i]).unwrap_or_default();
    let tensor = |value: &Value| value.as_tensor().cloned();
    let wrong = || type_error("a graph has tensors as its inputs and outputs");
    items.iter().map(|value| tensor(value).ok_or_else(wrong)).collect()
}

/// Goes to a place in the program.
fn stand(cx: &Context, place: &Value) {
    if let Some(place) = place.object::<Place>() {
        cx.engine.set_site(place.0.clone());
    }
}

fn list(tensors: Vec<Tensor>) -> Value {
    Value::list(tensors.into_iter().map(Value::Tensor).collect())
}

/// `torch._graphs`
pub static GRAPHS: Module = Module { name: "torch._graphs", functions: FUNCTIONS, ..Module::EMPTY };

const FUNCTIONS: &[Native] = &[
    // Where in the program the call stands that a library works for.
    Native::new("place", "", |cx, _| Ok(Value::new_object(Place(cx.engine.site())))),
    // What the library makes from now on, in this call, is made at `place`, in the eyes of the program, by the call of
    // `Session.run` at `from`.
    Native::new("at", "place, from", |cx, args| {
        let place = |i: usize| args[i].object::<Place>().map(|place| &place.0);
        cx.place = place(0).zip(place(1)).map(|(place, from)| place.called("Session.run", from));
        Ok(Value::None)
    }),
    // Begins to listen; what is to be used in the place of the inputs.
    Native::new("capture", "inputs, from", |cx, args| {
        stand(cx, &args[1]);
        let inputs = tensors(args, 0)?;
        Ok(list(cx.engine.start_capture(&inputs)?))
    }),
    // The graph of these outputs, or `None` where it is no static one. Others are watched while it runs.
    Native::new("captured", "outputs, watched", |cx, args| {
        let (outputs, watched) = (tensors(args, 0)?, tensors(args, 1)?);
        let graph = cx.engine.end_capture(&outputs, &watched);
        Ok(graph.map_or(Value::None, |graph| Value::new_object(GraphObject(graph))))
    }),
    // The outputs of other inputs, and what is watched where somebody looks.
    Native::new("replay", "graph, inputs, from", |cx, args| {
        stand(cx, &args[2]);
        let inputs = tensors(args, 1)?;
        let Some(graph) = args[0].object::<GraphObject>() else { return Err(type_error("not a graph")) };
        let (outputs, watched) = graph.0.run(&cx.engine, &inputs)?;
        let watched = watched.into_iter().map(|seen| seen.map_or(Value::None, Value::Tensor)).collect();
        Ok(Value::tuple(vec![list(outputs), Value::list(watched)]))
    }),
    // Whether nothing is told of what is computed; what it was.
    Native::new("quiet", "on", |cx, args| {
        Ok(Value::Bool(cx.engine.set_quiet(matches!(args[0], Value::Bool(true)))))
    }),
    // Tells of a value that came in or goes out, in one step.
    Native::new("tell", "made, given, out", |cx, args| {
        if let Some(made) = args[0].tensor() {
            let given: Vec<Arg> = args[1].tensor().map(Arg::from).into_iter().collect();
            cx.engine.note(
                made,
                if matches!(args[2], Value::Bool(true)) { "fetch" } else { "feed" },
                "x",
                &given,
            );
        }
        Ok(Value::None)
    }),
];
