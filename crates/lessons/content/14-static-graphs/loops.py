import tensorflow as tf
import torch

# The graph holds the loop: a node with a condition and a body.
x = tf.placeholder(tf.float32, shape=())
count, result = tf.while_loop(
    lambda i, v: v < 100.,
    lambda i, v: (i + 1., v * 2.),
    [tf.constant(0.), x],
)
with tf.Session() as sess:
    print(sess.run([count, result], feed_dict={x: 3.}))

# Python holds the loop: the graph has as many nodes as there were turns.
v, turns = torch.tensor(3., requires_grad=True), 0
start = v
while v < 100.:
    v, turns = v * 2., turns + 1
v.backward()
print(turns, v.item(), start.grad.item())
