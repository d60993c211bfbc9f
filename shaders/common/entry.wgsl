// The entry point of a kernel that defines `element`: an invocation for each of its elements.

@compute @workgroup_size(64)
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    element(linear_group(group, groups) * 64u + lane);
}
