assert isinstance(y, tf.Tensor), 'y should be a node of the graph, not a number'
with tf.Session() as sess:
    for given, wanted in [(3., 9.), (1.5, 2.25), (1., 1.), (0., -1.), (-2., -5.)]:
        found = float(sess.run(y, feed_dict={x: given}))
        assert abs(found - wanted) < 1e-6, f'for x = {given} the graph gives {found}; it should give {wanted}'
