//! A stand-in for the crate `unicode-normalization`, which ruff's parser asks to normalize names outside of ASCII (NFKC).
//! The real tables are a tenth of everything that the browser downloads, and tell apart only spellings such as `ﬁ` and
//! `fi`: without them two such names are two variables.

/// Normalization of text.
pub trait UnicodeNormalization {
    /// The characters of the text, as they are.
    fn nfkc(&self) -> std::str::Chars<'_>;
}

impl UnicodeNormalization for str {
    fn nfkc(&self) -> std::str::Chars<'_> {
        self.chars()
    }
}
