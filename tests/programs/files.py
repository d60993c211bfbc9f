import csv
import io
import json
import os
import struct
from pathlib import Path

with open('notes.txt', 'w') as f:
    f.write('first\nsecond\n')
    print(f.write('third'))
with open('notes.txt') as f:
    for line in f:
        print(repr(line))
with open('notes.txt', 'a') as f:
    print('fourth', file=f)
f = open('notes.txt')
print(f.readline(), f.read(3), f.tell(), f.readlines())
f.close()
try:
    f.read()
except ValueError as e:
    print(e)
try:
    open('none.txt')
except FileNotFoundError as e:
    print(e, e.errno, e.filename, type(e).__name__)
print(open('notes.txt', 'rb').read())
with open('bytes.bin', 'wb') as f:
    f.write(bytes(range(5)))
print(list(open('bytes.bin', 'rb').read()))
try:
    open('notes.txt', 'r').write('x')
except OSError as e:
    print(type(e).__name__, e)
try:
    open('notes.txt', 'q')
except ValueError as e:
    print(e)
os.makedirs('out', exist_ok=True)
open('out/a.txt', 'w').write('a')
print(os.path.exists('out/a.txt'), os.path.isdir('out'), os.path.exists('nothing'), os.listdir('out'), os.path.getsize('notes.txt'))
os.remove('out/a.txt')
print(os.listdir('out'))
with open('t.csv', 'w', newline='') as f:
    w = csv.writer(f)
    w.writerow(['name', 'x'])
    w.writerows([['a,b', 1.5], ['c "d"', 2]])
print(Path('t.csv').read_bytes())
with open('t.csv', newline='') as f:
    for row in csv.DictReader(f):
        print(row)
with open('t.csv') as f:
    print(next(f), end='')
    print(list(csv.reader(f)))
print(struct.unpack('>hI', struct.pack('>hI', -2, 7)), struct.calcsize('>IIII'))
json.dump({'a': [1, 2.5]}, open('a.json', 'w'))
print(json.load(open('a.json')))
s = io.StringIO()
print('hello', 1, file=s)
print(repr(s.getvalue()))
p = Path('out') / 'b.txt'
p.write_text('text')
print(p, p.name, p.suffix, p.stem, p.parent, p.exists(), p.read_text(), repr(p))
