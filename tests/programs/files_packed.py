import gzip
import zlib

import torch

# Written by Python 3: a text, a fixed code, bytes as they are, and a file of torch.save's, all deflated.
TEXT = bytes.fromhex(
    "1f8b080000000000020365d43b72dd300c05d01eabd012881f25663729ecb1ab4ce278ffbe045ec5db0223913804307e5dff3fdeaeafbfdf"
    "bfffbd5d7fdeaf717d7e5d43f48ceb8eabd819b71d0ff133ee3bbe24ce78d47fa6e499c89db0947926e64ef894fb4cdc75f492e74c3c3b31"
    "43d699583bf1a8e8a0f2aa6e1da89c4befda0ddf51f95af56b842811a877ad4b9418b41dd61425096d0a582861e86c267c471e5a20f6e03c"
    "22d13271c33d4945570be375c9c5ca25e062e462e51281efb82dba2f9e1023172b97b425462e562e794f3172b17299703172b17299fb3b72"
    "b172b9f779e462e572ef7b928b75bba03e27172f97051727172f97054f2717ef7e197808e799e9861978412719ef8e513cbd138d67b7286c"
    "9c6c7c7612cde684e385a38e2e75d2f1e7d5ddb82df178f168622e827ca2e769022808287aa026263148285ae8c6fc0609450b3d98fae0d5"
    "f29a29ec8a20a1e8a11a100a128a9e2ac55e0a128a1e2b1b389384a284cc076e4b4251421643254928474f32849284b2846cee2f49284bc8"
    "6e9c992494de4b00b74d12ca12b2b5f72f2fe012f22d942494bd85d127922494f76bb9e04c12cade3c8ef74c12ca5e3d814ef80135dfcbf5"
    "8a060000"
)
FIXED = bytes.fromhex(
    "4b5448cbac484d5148ce4f49d5514844e20100"
)
STORED = bytes.fromhex(
    "010800f7ff6173206974206973"
)
SAVED = bytes.fromhex(
    "1f8b0800000000000203a5554f6cdb54187f8e13274d47fa6765ed0a14d8284ba14bed3869d27574920506c903d24c4851110a6ee2c5de9c"
    "785ffcd20aa44a20682576e0c005b8206da7890b47384c65da819d76e0c481092410074e489c3821fc9e9dd4769466744fb29e95bcdff7fb"
    "7ddffbbe9f4b0a1b452891407d6b1c4d22b55dd38d2d6da9ae623573edaa294b29b411581f447600a52b3107d0b4ea9a094cad6699a656c3"
    "86d5b2936fb6eb5a5babbf6cd47012220b6560d315ce39bbad190d1d43b4862d872253ed60c3b493d5b6b6d931cc7a156b2ddb6a57b7b249"
    "88a5d395b883b09d936a4303ce852465d352f125f7c724c42b8c738687448575f6dab50e8c281c86e4ba829488c2eec1a8c22acc1e1cfb44"
    "272a1ec3902ac358c5491d6d1aaa0de3bac3a373ba1b4780097d44896098a4f85d38ae30bb30e5621fc770a20cd39d1d98a98c3887ab4d0d"
    "aba4407092fe3f5b21d5832776e0492a7c4b6bdb4e2de02985b16d7b931260987309bd642e5aad462f97a7e9912c3ca3d31c9e251a5825b2"
    "07a71486a472dad5f11c86f9323c4f7368aaf655381308295996d90b99a621455870d37ac14beb4592d6a21bee2c864c1996e84db62cacd9"
    "c0bf03425a615ebd13751be28deb1cdd191a4c85ec1e881aa5d755f332e402f49774ab7d703d790ac9c1b2c31fc55058773271f88b847fc5"
    "e53f8761b50ce73b9992124f7cfbf3f59fca1184c8531ad8a1d368a1d7a199cb56bba9e2aa576d599a0f35ea802550babf1e7c4404926730"
    "dd2c2a1cd079ed58554da3d16a6a2d2c4be2c33106d7728e08b8b00d7f3aa9a2c8a10226d0859e80cdf7b06691e192a5d5a3f0769769606c"
    "6a44c3ee4bbf9f2417cc1daa2185d602aeb0c4cbd2b94710f0efad2bb7dfc65fae2d5ff967ffc3af7fd93ff57773ff37656a8d5ecbfaafaf"
    "cf389c3343142d061509b2947e6845f337beb97d57fa83f27dfada995708416208dff9205f56968a47ae40372ae3ed116f67bddd9b3d14f3"
    "76a2f3d8bd1f6ef0c4ee86e89c0aea146569bc4f274323ee9fbe5b19de7f29240523e66469ed519a8fe6cf38ac2c55f1f1e71b4bc3eb3f86"
    "567b2a7ad35e38aa0c3149987ffcaaf1d6f0fce750f6c00068016cad6d380ef0be4abe7655a32e4b99ff2984e7f3796185178a7931cb8bf9"
    "15be502c088250cc89857c36b75c2c887c91174591a83cfeeefd8db4a3234d5532b455ba3afd8e39dea73cfc1def43fb0c703a80bc194183"
    "3c361cc46f62b341e362d121ce198ee337a289409ccf7c717a06d8978bcf355201f889280a795718eb778020f656182b84b1fea90c626762"
    "216c368cf5cf5f107b278c15c358ffd404b1935c089b0b63fd7d3f16c07ee1c30eb86f7f3bce0589e368c8a094148e5bec8e157bb6871c0d"
    "eddf7b7ef85dbc6b7f1c7ddb4e1ed8664989712e66949e77cffe07239be0dbd90a0000"
)

with open('text.gz', 'wb') as f:
    f.write(TEXT)
with gzip.open('text.gz', 'rt') as f:
    lines = f.readlines()
print(len(lines), repr(lines[-1]))
print(zlib.decompress(FIXED, -15), zlib.decompress(STORED, -15))
print(zlib.crc32(b'123456789'), zlib.crc32(b'6789', zlib.crc32(b'12345')))
try:
    gzip.decompress(b'not gzipped')
except gzip.BadGzipFile as e:
    print(e)
try:
    zlib.decompress(FIXED[:-4], -15)
except zlib.error as e:
    print(type(e).__name__)

with open('saved.pt', 'wb') as f:
    f.write(gzip.decompress(SAVED))
saved = torch.load('saved.pt')
for name, value in saved.items():
    if name != 'half':
        print(name, value)
print(saved['half'].tolist())
model = torch.nn.Linear(3, 2)
print(model.load_state_dict(saved['model']))
torch.save(saved, 'again.pt')
again = torch.load('again.pt')
print(torch.equal(again['model']['weight'], model.weight), again['t'].tolist(), again['notes'])
try:
    torch.load('nothing.pt')
except FileNotFoundError as e:
    print(e)
