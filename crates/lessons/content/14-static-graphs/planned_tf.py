import time
import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, shape=(None, 20))
y = tf.placeholder(tf.float32, shape=(None, 2))
w = tf.Variable(tf.zeros((20, 2)))
loss = tf.reduce_sum((y - tf.matmul(x, w)) ** 2.0)
grad_w, = tf.gradients(loss, [w])
new_w = w.assign(w - 1e-4 * grad_w)

feed = {x: np.random.randn(32, 20), y: np.random.randn(32, 2)}

def steps_per_second(level):
    options = tf.OptimizerOptions(opt_level=level)
    config = tf.ConfigProto(graph_options=tf.GraphOptions(optimizer_options=options))
    with tf.Session(config=config) as sess:
        sess.run(tf.global_variables_initializer())
        sess.run(new_w, feed_dict=feed)
        start = time.time()
        for t in range(100):
            sess.run(new_w, feed_dict=feed)
        return 100 / (time.time() - start)

before = steps_per_second(tf.OptimizerOptions.L0)
after = steps_per_second(tf.OptimizerOptions.L1)
print(f'node by node {before:.0f} steps per second')
print(f'planned      {after:.0f} steps per second')
