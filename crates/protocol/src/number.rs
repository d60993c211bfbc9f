use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A float that keeps NaN and the infinities in every format: `"nan"`, `"inf"`, `"-inf"` where the format is text.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Default)]
pub struct Number(pub f64);

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Number(value)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() || self.0.is_finite() {
            return serializer.serialize_f64(self.0);
        }
        serializer.serialize_str(match self.0 {
            x if x.is_nan() => "nan",
            x if x > 0.0 => "inf",
            _ => "-inf",
        })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return f64::deserialize(deserializer).map(Number);
        }
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Text<'a> {
            Float(f64),
            Word(std::borrow::Cow<'a, str>),
        }
        match Text::deserialize(deserializer)? {
            Text::Float(value) => Ok(Number(value)),
            Text::Word(word) => match &*word {
                "nan" => Ok(Number(f64::NAN)),
                "inf" => Ok(Number(f64::INFINITY)),
                "-inf" => Ok(Number(f64::NEG_INFINITY)),
                other => Err(D::Error::custom(format!("expected a number, found {other:?}"))),
            },
        }
    }
}
