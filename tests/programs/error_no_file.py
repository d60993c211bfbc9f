def read(name):
    with open(name, 'rb') as f:
        return f.read()


open('here.txt', 'w').write('something')
read('there.txt')
