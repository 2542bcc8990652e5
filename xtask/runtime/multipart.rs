//! Bodies that are forms in parts.

use reqwest::Body;
use reqwest::multipart::Form;

use super::Upload;

impl Upload {
    /// A form in parts.
    pub(crate) fn multipart(form: Form) -> Self {
        let media_type = format!("multipart/form-data; boundary={}", form.boundary());
        Self::new(media_type, Body::wrap_stream(form.into_stream()))
    }
}
