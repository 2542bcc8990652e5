//! A token taken apart, with nothing in it believed yet.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::rejection::{Malformed, Rejection};

/// The longest token that is read: 16 KiB, what most servers allow for all headers together. A
/// real one has some 500 characters and four thirds of the destination's length.
pub const MAX_SIGNATURE_LEN: usize = 16 * 1024;
/// The longest header segment of a token. The real one has 36 characters.
pub const MAX_SIGNATURE_HEADER_LEN: usize = 512;
/// The longest claims segment of a token: what is left beside the longest header and the MAC.
pub const MAX_CLAIMS_LEN: usize = MAX_SIGNATURE_LEN - MAX_SIGNATURE_HEADER_LEN - TAG_LENGTH - 2;

/// The longest destination, or URL of a callback, in bytes as a token has it: what is left of the claims, in base64,
/// beside the other claims.
pub const MAX_DESTINATION_LEN: usize = MAX_CLAIMS_LEN / 4 * 3 - OTHER_CLAIMS;

/// Room for all claims but the destination, which take some 200 bytes.
const OTHER_CLAIMS: usize = 512;

/// Thirty-two bytes in base64 without padding.
const TAG_LENGTH: usize = 43;

/// The three segments of a token, of which only the MAC has been decoded.
pub(super) struct Token<'a> {
    /// The bytes that the MAC is over: header and claims with the dot between them.
    pub(super) signed: &'a [u8],
    pub(super) header: &'a str,
    pub(super) claims: &'a str,
    pub(super) tag: [u8; 32],
}

impl<'a> Token<'a> {
    pub(super) fn split(signature: Option<&'a [u8]>) -> Result<Self, Rejection> {
        let bytes = signature.unwrap_or_default();
        if bytes.is_empty() {
            return Err(Rejection::Missing);
        }
        if bytes.len() > MAX_SIGNATURE_LEN {
            return Err(Malformed::TooLong.into());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Malformed::Base64)?;
        if text
            .split_at_checked(7)
            .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer "))
        {
            return Err(Malformed::Scheme.into());
        }
        let (signed, tag) = text.rsplit_once('.').ok_or(Malformed::Segments)?;
        let (header, claims) = signed.split_once('.').ok_or(Malformed::Segments)?;
        if claims.contains('.') {
            return Err(Malformed::Segments.into());
        }
        if header.len() > MAX_SIGNATURE_HEADER_LEN || claims.len() > MAX_CLAIMS_LEN {
            return Err(Malformed::TooLong.into());
        }
        if tag.len() != TAG_LENGTH {
            return Err(Malformed::SignatureLength.into());
        }
        Ok(Self {
            signed: signed.as_bytes(),
            header,
            claims,
            tag: digest(tag).ok_or(Malformed::Base64)?,
        })
    }
}

/// The bytes of a segment. Padding, white space, the other alphabet and bits left over in the last
/// character are refused, so that each value has one spelling.
pub(super) fn segment(text: &str) -> Result<Vec<u8>, Malformed> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Malformed::Base64)
}

/// Thirty-two bytes from base64url without padding, as strictly as [`segment`].
pub(super) fn digest(text: &str) -> Option<[u8; 32]> {
    let mut digest = [0; 32];
    let length = URL_SAFE_NO_PAD.decode_slice(text, &mut digest).ok()?;
    (length == digest.len()).then_some(digest)
}
