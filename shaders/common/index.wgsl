// The number of this workgroup. A device takes at most 65,535 groups a dimension, so more of them lie in rows, and
// the last row may reach past the end: a kernel compares with its count.
fn linear_group(group: vec3<u32>, groups: vec3<u32>) -> u32 {
    return group.y * groups.x + group.x;
}
