//! The page of a lead: from an id to its address, and from an address back to the id.

use super::{Link, is_plain_id};
use crate::domain::task::LeadId;

/// The form of a lead's page: an https address with `{id}` where the lead's id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadPage(String);

/// A text that is no form of a page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no page of a lead; write an https address with {{id}} once behind its host: \"https://app.close.com/lead/{{id}}/\""
)]
pub struct LeadPageError(String);

impl Default for LeadPage {
    fn default() -> LeadPage {
        LeadPage(format!("https://app.close.com/lead/{}/", LeadPage::ID))
    }
}

impl LeadPage {
    const ID: &str = "{id}";
    /// What Close's ids of leads begin with: `/lead/new/` is no lead.
    const BEGIN: &str = "lead_";

    /// Reads a form.
    ///
    /// # Errors
    /// When it is no plain https address, or has not exactly one `{id}` behind its host.
    pub fn parse(text: &str) -> Result<LeadPage, LeadPageError> {
        // No host has the underscore in it.
        let is_page =
            text.matches(LeadPage::ID).count() == 1 && Link::https(&text.replace(LeadPage::ID, "_")).is_some();
        if is_page { Ok(LeadPage(text.to_owned())) } else { Err(LeadPageError(text.to_owned())) }
    }

    /// The form as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page of a lead.
    pub(super) fn of(&self, lead: &LeadId) -> Option<Link> {
        let id = Some(lead.as_str()).filter(|id| is_plain_id(id))?;
        Link::https(&self.0.replace(LeadPage::ID, id))
    }

    /// The lead whose page an address is, in this form or in Close's own, with or without
    /// what follows the id: a slash, a query, a part of the page.
    pub fn lead_of(&self, address: &str) -> Option<LeadId> {
        let address = Link::https(address.trim())?;
        [self, &LeadPage::default()].into_iter().find_map(|form| form.id_in(address.as_str()))
    }

    fn id_in(&self, address: &str) -> Option<LeadId> {
        let (before, _) = self.0.split_once(LeadPage::ID)?;
        let rest = address.strip_prefix(before)?;
        let id = rest.split(['/', '?', '#']).next()?;
        (id.starts_with(LeadPage::BEGIN) && is_plain_id(id)).then(|| LeadId::new(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(form: &LeadPage, address: &str) -> Option<String> {
        form.lead_of(address).map(|lead| lead.as_str().to_owned())
    }

    #[test]
    fn the_settings_may_name_another_page_of_a_lead_and_only_a_safe_one() {
        let page = LeadPage::parse("https://crm.example:8443/go?lead={id}#top").expect("a page");
        let link = page.of(&LeadId::new("lead_7")).map(|link| link.as_str().to_owned());
        assert_eq!(link.as_deref(), Some("https://crm.example:8443/go?lead=lead_7#top"));
        assert_eq!(page.of(&LeadId::new("lead_7&x=1")), None);
        for text in [
            "",
            "https://app.close.com/lead/",
            "https://{id}.example/",
            "http://a.example/{id}",
            "file:///{id}",
            "https://a.example/{id}/{id}",
            "https://a.example/{id} x",
            "https://me@a.example/{id}",
        ] {
            assert_eq!(LeadPage::parse(text), Err(LeadPageError(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn the_page_of_a_lead_tells_its_id_with_and_without_what_follows() {
        let (close, own) = (LeadPage::default(), LeadPage::parse("https://crm.example/x/{id}/").expect("a page"));
        for rest in ["", "/", "/#activity", "?tab=1", "/\n"] {
            let page = format!("https://app.close.com/lead/lead_7aB{rest}");
            assert_eq!(lead(&close, &page).as_deref(), Some("lead_7aB"), "{rest:?}");
            assert_eq!(lead(&own, &page).as_deref(), Some("lead_7aB"), "Close's own form holds beside the set one");
        }
        assert_eq!(lead(&own, "  https://crm.example/x/lead_9").as_deref(), Some("lead_9"));
    }

    #[test]
    fn nothing_else_is_the_page_of_a_lead() {
        for address in [
            "",
            "lead_7",
            "http://app.close.com/lead/lead_7/",
            "https://app.close.com/lead/new/",
            "https://app.close.com/lead/lead_7;rm/",
            "https://app.close.com/lead/lead_7%20is:done/",
            "https://app.close.com/lead/lead_7 is:done",
            "https://app.close.com/lead/lead_7/\nlead_8",
            "https://app.close.com/lead/\u{1b}[2Jlead_7/",
            "https://app.close.com.evil.example/lead/lead_7/",
            "https://evil.example/https://app.close.com/lead/lead_7/",
            "https://me@app.close.com/lead/lead_7/",
        ] {
            assert_eq!(lead(&LeadPage::default(), address), None, "{address:?}");
        }
        let long = format!("https://app.close.com/lead/lead_{}", "x".repeat(3000));
        assert_eq!(lead(&LeadPage::default(), &long), None);
    }
}
