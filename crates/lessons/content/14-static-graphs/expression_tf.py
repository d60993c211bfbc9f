import tensorflow as tf

a = tf.placeholder(tf.float32, shape=())
b = tf.placeholder(tf.float32, shape=())
e = (a + b) * (b + 1)
grad_a, grad_b = tf.gradients(e, [a, b])
print(e)

with tf.Session() as sess:
    print(sess.run([e, grad_a, grad_b], feed_dict={a: 2., b: 1.}))
    print(sess.run([e, grad_a, grad_b], feed_dict={a: 2., b: 4.}))
