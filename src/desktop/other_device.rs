//! The other device, for the cycle that runs by itself: it reads the code out of the drawn picture, opens the link like a
//! browser and presses the button of the form that it finds there.

use rxing::{BarcodeFormat, helpers};

/// What can go wrong on the other device.
#[derive(Debug)]
pub enum OtherDeviceError {
    /// No code could be read in the picture.
    NoCode,
    /// The page could not be fetched.
    Http(reqwest::Error),
    /// The page has no form that pays.
    NoForm(String),
}

impl std::fmt::Display for OtherDeviceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OtherDeviceError::NoCode => f.write_str("the code in the picture could not be read"),
            OtherDeviceError::Http(error) => write!(f, "the pay page could not be opened: {error}"),
            OtherDeviceError::NoForm(url) => write!(f, "the page {url} has no form that pays"),
        }
    }
}

impl std::error::Error for OtherDeviceError {}

impl From<reqwest::Error> for OtherDeviceError {
    fn from(error: reqwest::Error) -> Self {
        OtherDeviceError::Http(error)
    }
}

/// Reads the QR code in a picture of packed RGB bytes.
///
/// # Errors
/// No code was found.
pub fn read_code(width: u32, height: u32, rgb: &[u8]) -> Result<String, OtherDeviceError> {
    let luma = rgb
        .chunks_exact(3)
        .map(|p| ((299 * u32::from(p[0]) + 587 * u32::from(p[1]) + 114 * u32::from(p[2])) / 1000) as u8)
        .collect();
    helpers::detect_in_luma(luma, width, height, Some(BarcodeFormat::QR_CODE))
        .map(|found| found.getText().to_owned())
        .map_err(|_| OtherDeviceError::NoCode)
}

/// A form of the pay page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Where it is sent, absolute.
    pub action: String,
    /// Its fields, the pressed button among them.
    pub fields: Vec<(String, String)>,
}

/// Finds the form whose button pays: the one with `name="outcome" value="paid"`, or the first POST form.
#[must_use]
pub fn pay_form(url: &str, html: &str) -> Option<Form> {
    let start = html.find("<form")?;
    let end = start + html[start..].find("</form>")?;
    let form = &html[start..end];
    let open = &form[..form.find('>')?];
    let action = attribute(open, "action").unwrap_or_default();
    let action = reqwest::Url::parse(url).ok()?.join(&action).ok()?.to_string();
    let mut fields = Vec::new();
    let mut pressed = false;
    for tag in form.split('<').skip(1) {
        let is_input = tag.starts_with("input");
        let is_button = tag.starts_with("button");
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        if let Some(name) = attribute(tag, "name") {
            if is_input {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            } else if is_button && !pressed {
                // The first button is the one that pays; the others say so in their own words.
                pressed = true;
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        }
    }
    Some(Form { action, fields })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = start + tag[start..].find('"')?;
    Some(
        tag[start..end]
            .replace("&amp;", "&")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<"),
    )
}

/// The other device with the pay page open.
pub struct OtherDevice {
    client: reqwest::Client,
    form: Form,
}

/// Opens the link like a browser.
///
/// # Errors
/// The page cannot be fetched, or has no form that pays.
pub async fn open(url: &str) -> Result<OtherDevice, OtherDeviceError> {
    // Already installed is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build()?;
    let html = client.get(url).send().await?.error_for_status()?.text().await?;
    let form = pay_form(url, &html).ok_or_else(|| OtherDeviceError::NoForm(url.to_owned()))?;
    Ok(OtherDevice { client, form })
}

impl OtherDevice {
    /// Presses *Pay*.
    ///
    /// # Errors
    /// The form cannot be posted, or the page says no.
    pub async fn press(self) -> Result<(), OtherDeviceError> {
        let sent = self
            .client
            .post(&self.form.action)
            .form(&self.form.fields)
            .send()
            .await?;
        sent.error_for_status()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_found_with_its_hidden_fields_and_its_first_button() {
        let html = r#"<p>Pay</p><form method="post" action="/p/4F7K/pay">
            <input type="hidden" name="once" value="a&amp;b"><button name="outcome" value="paid">Pay</button>
            <button name="outcome" value="failed">Fail</button></form>"#;
        let form = pay_form("http://127.0.0.1:9/p/4F7K", html).unwrap();
        assert_eq!(form.action, "http://127.0.0.1:9/p/4F7K/pay");
        assert_eq!(
            form.fields,
            [("once".into(), "a&b".into()), ("outcome".into(), "paid".into())]
        );
    }

    #[test]
    fn a_page_without_a_form_is_an_error_not_a_payment() {
        assert_eq!(pay_form("http://127.0.0.1:9/", "<p>Nothing is due.</p>"), None);
    }
}
