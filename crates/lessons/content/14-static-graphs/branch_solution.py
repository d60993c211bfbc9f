import tensorflow as tf

x = tf.placeholder(tf.float32, shape=())

# y should be x * x where x is above 1, and 2 * x - 1 elsewhere.
y = tf.cond(x > 1., lambda: x * x, lambda: 2. * x - 1.)

with tf.Session() as sess:
    print(sess.run(y, feed_dict={x: 3.}), sess.run(y, feed_dict={x: 0.}))
