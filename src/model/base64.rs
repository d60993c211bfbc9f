//! Base64 (RFC 4648), for data addresses and for addresses.

/// The two signs for 62 and 63, and whether the end is padded: for data addresses.
pub const DATA: ([u8; 2], bool) = (*b"+/", true);
/// The same for the page's address.
pub const ADDRESS: ([u8; 2], bool) = (*b"-_", false);

/// Bytes as text.
pub fn encode(bytes: &[u8], (last, padded): ([u8; 2], bool)) -> String {
    let sign = |i: u32| match i {
        0..26 => b'A' + i as u8,
        26..52 => b'a' + (i - 26) as u8,
        52..62 => b'0' + (i - 52) as u8,
        _ => last[(i == 63) as usize],
    };
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            if i <= group.len() {
                text.push(sign(word >> (18 - 6 * i) & 63) as char);
            } else if padded {
                text.push('=');
            }
        }
    }
    text
}

/// The bytes of a text in either set of signs; `None` for other texts.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut word, mut bits) = (0u32, 0);
    for sign in text.bytes() {
        let six = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        word = word << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    (bits < 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_the_one_of_rfc_4648() {
        let cases = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, text) in cases {
            assert_eq!(encode(plain.as_bytes(), DATA), text);
            assert_eq!(encode(plain.as_bytes(), ADDRESS), text.trim_end_matches('='));
            assert_eq!(decode(text).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(encode(&[0xfb, 0xff], DATA), "+/8=");
        assert_eq!(encode(&[0xfb, 0xff], ADDRESS), "-_8");
        assert_eq!(decode("-_8"), Some(vec![0xfb, 0xff]));
        assert_eq!((decode("a b"), decode("A")), (None, None));
    }
}
