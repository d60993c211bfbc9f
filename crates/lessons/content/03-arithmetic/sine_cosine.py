import math

def arctan(t):
    # t - t^3/3 + t^5/5 - ...
    total, power, n = 0.0, t, 1
    while abs(power) > 1e-18:
        total = total + power / n
        power = -power * t * t
        n = n + 2
    return total

# The angle with tangent 1 is the sum of those with 1/2 and 1/3.
angles = [arctan(1 / 2) + arctan(1 / 3)]
part = 0.5
for i in range(1, 40):
    angles.append(arctan(part))
    part = part / 2

# Each turn stretches by sqrt(1 + part^2): start that much shorter.
stretch2, part = 1.0, 1.0
for i in range(40):
    stretch2 = stretch2 * (1 + part * part)
    part = part / 2
stretch = stretch2
for turn in range(8):
    stretch = (stretch + stretch2 / stretch) / 2

def cordic(angle, turns):
    x, y, part = 1 / stretch, 0.0, 1.0
    for i in range(turns):
        if angle >= 0:
            x, y = x - y * part, y + x * part
            angle = angle - angles[i]
        else:
            x, y = x + y * part, y - x * part
            angle = angle + angles[i]
        part = part / 2
    return x, y

for turns in range(0, 41, 4):
    cosine, sine = cordic(0.5, turns)
    error = abs(sine - math.sin(0.5))
    print(f'{turns:3d}  {cosine:.12f}  {sine:.12f}  {error:.0e}')
