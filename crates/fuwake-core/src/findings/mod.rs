//! Findings (所見): what in a mail speaks for or against it. Each has a file here with its logic and one in `data/findings/`
//! with its words and weight; those that follow from wording or from other findings have only the latter.

mod address_not_registered;
mod all_buttons_one_target;
mod all_links_one_bare_host;
mod all_links_the_brands;
mod all_links_to_one_stranger;
mod amount_in_foreign_form;
mod answer_goes_to_free_mail;
mod archive_with_program;
mod attachment_dials_a_number;
mod attachment_missing;
mod authentication_aligned;
mod authentication_aligned_known_brand;
mod authentication_results_not_trusted;
mod brand_breaks_its_own_rule;
mod brand_domain_without_proof;
mod brand_name_disguised;
mod brand_name_in_foreign_host;
mod brand_name_in_from_domain;
mod brand_name_in_local_part;
mod brand_name_misspelt;
mod brand_spoofed_exactly;
mod brand_without_sender_address;
mod brands_contradict;
mod calendar_invitation;
mod call_number_from_free_mail;
mod charge_with_telephone;
mod cheap_suffix_link;
mod cheap_suffix_under_brand;
mod chinese_glyphs;
mod clock_time_in_subject;
mod consistent_organisation;
mod cut_sentence;
mod date_contradicts_arrival;
mod deadline_already_there;
mod delivery_report;
mod direction_control_in_name;
mod disk_image_attached;
mod display_name_decorated;
mod display_name_is_a_notice;
mod display_name_is_another_address;
mod display_name_is_subject;
mod display_name_shows_another_domain;
mod display_name_with_pictures;
mod display_name_with_serial;
mod dkim_failed;
mod dmarc_failed;
mod document_embeds_object;
mod double_extension;
mod dynamic_dns_link;
mod encrypted_archive;
mod encrypted_document;
mod envelope_from_differs;
mod envelope_from_is_recipient;
mod fake_reply;
mod filler_of_random_tokens;
mod filter_called_it_unwanted;
mod foreign_link_among_genuine;
mod foreign_subject_over_japanese;
mod forged_trace_line;
mod form_in_mail;
mod free_hosting_link;
mod free_mail_order_notice;
mod free_mail_with_a_role_name;
mod from_domain_impossible;
mod from_domain_lookalike;
mod from_domain_not_the_brands;
mod from_domain_without_dot;
mod from_free_mail_as_company;
mod from_is_recipient;
mod from_names_no_address;
mod genuine_links_under_forged_sender;
mod genuine_sender_service;
mod government_outside_its_suffix;
mod greeted_by_address;
mod hacked_site_path;
mod header_not_encoded;
mod helo_lies;
mod helo_of_a_public_body;
mod helo_unconfirmed;
mod helo_under_no_domain;
mod helo_without_name;
mod hidden_letters_in_disguise;
mod hidden_text;
mod html_file_attached;
mod html_file_posts_elsewhere;
mod html_file_redirects;
mod html_file_with_form_or_script;
mod impossible_date;
mod invoice_named_attachment;
mod japanese_in_a_chinese_charset;
mod jp_path_on_foreign_host;
mod kana_look_alikes;
mod letters_in_disguise;
mod letters_spaced_out;
mod link_carries_recipient;
mod link_lookalike_host;
mod link_path_of_a_kit;
mod link_to_a_bucket;
mod link_to_address_literal;
mod link_to_an_app_host;
mod link_to_rented_machine;
mod links_stay_at_the_sender;
mod list_mail;
mod local_part_random;
mod local_part_with_serial;
mod lure_in_subject_or_name;
mod macro_document_attached;
mod macro_runs_when_opened;
mod many_labels_in_link_host;
mod markdown_left_over;
mod markup_left_over;
mod message_id_missing;
mod message_id_of_a_company_not_involved;
mod message_id_under_no_domain;
mod mixed_script_host;
mod no_link_of_the_claimed_brand;
mod non_standard_port;
mod nothing_authenticates_the_sender;
mod null_sender_without_report;
mod obscured_address_in_link;
mod office_external_template;
mod one_click_unsubscribe;
mod only_an_image;
mod only_short_links;
mod open_redirector_link;
mod origin_at_rented_machine;
mod other_companys_template;
mod passes_only_for_another_domain;
mod password_form_in_mail;
mod pdf_runs_something;
mod pdf_with_link_elsewhere;
mod phishing_exercise;
mod plain_personal_mail;
mod plain_text_disagrees;
mod platform_sender_named_after_a_brand;
mod platform_text_field_abused;
mod profile_installs;
mod program_attached;
mod public_body_speaks_for_a_company;
mod punctuation_not_japanese;
mod qr_code_leads_elsewhere;
mod question_mark_for_dot;
mod random_looking_link_host;
mod recipient_in_fragment;
mod recipient_in_senders_address;
mod recipient_in_subject;
mod recipient_named_as_sender;
mod recipient_organisation_spoofed;
mod recipients_hidden;
mod reply_in_thread;
mod reply_to_elsewhere;
mod reply_to_free_mail;
pub(crate) mod scene;
mod script_attached;
mod script_link;
mod sender_at_tenant_default;
mod sender_field_differs;
mod sender_under_cheap_suffix;
mod sending_host_numbered;
mod sending_host_of_from_domain;
mod sending_host_without_name;
mod sent_by_web_script;
mod serial_heads_text;
mod serial_in_subject;
mod service_not_used;
mod several_authors;
mod shortcut_runs_command;
mod shortener_link;
mod shown_brand_host_not_target;
mod shown_host_not_target;
mod sign;
mod spf_failed;
mod spf_softfailed;
mod stamped_as_spam;
mod strange_letters_in_text;
mod stray_kanji;
mod subject_contradicts_text;
mod submitted_by_another_account;
mod tag_behind_a_gap;
mod telephone_number_disguised;
#[cfg(test)]
pub(crate) mod testing;
mod text_begins_twice;
mod thread_fields_without_an_answer;
mod tracking_pixel;
mod two_languages_in_one_lure;
mod type_contradicts_name;
mod userinfo_in_link;
mod wallet_address_in_text;
mod weekday_in_text_wrong;
mod weekday_wrong;
mod wordpress_user_name_abused;
mod words_broken_up;
mod words_in_disguise;
mod zone_of_elsewhere;

pub use scene::{Alignment, Reader, Scene, Worded};
use scene::{
    attached, delivery, filenames, from_field, harmless, link_to_kind, listings, organisation, own_links,
    shown, telephone,
};
pub use sign::{Sign, Value};

use crate::expression::Expression;
use crate::knowledge::schema::When;
use crate::knowledge::{FindingSpec, Knowledge};
use crate::mail::Mail;
use crate::span::Because;

/// A finding's logic: what it found, if anything.
type Rule = fn(&Scene<'_>) -> Option<Sign>;

/// A finding on a mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'k> {
    /// Its words and weight.
    pub spec: &'k FindingSpec,
    /// Values for its words.
    pub parameters: Vec<(&'static str, Value)>,
    /// Where to see it; never empty.
    pub because: Vec<Because>,
}

/// All findings that have logic, by name. One line a finding, sorted.
#[rustfmt::skip]
const RULES: &[(&str, Rule)] = &[
    ("address_not_registered", address_not_registered::find),
    ("all_buttons_one_target", all_buttons_one_target::find),
    ("all_links_one_bare_host", all_links_one_bare_host::find),
    ("all_links_the_brands", all_links_the_brands::find),
    ("all_links_to_one_stranger", all_links_to_one_stranger::find),
    ("amount_in_foreign_form", amount_in_foreign_form::find),
    ("answer_goes_to_free_mail", answer_goes_to_free_mail::find),
    ("archive_with_program", archive_with_program::find),
    ("attachment_dials_a_number", attachment_dials_a_number::find),
    ("attachment_missing", attachment_missing::find),
    ("authentication_aligned", authentication_aligned::find),
    ("authentication_aligned_known_brand", authentication_aligned_known_brand::find),
    ("authentication_results_not_trusted", authentication_results_not_trusted::find),
    ("brand_breaks_its_own_rule", brand_breaks_its_own_rule::find),
    ("brand_domain_without_proof", brand_domain_without_proof::find),
    ("brand_name_disguised", brand_name_disguised::find),
    ("brand_name_in_foreign_host", brand_name_in_foreign_host::find),
    ("brand_name_in_from_domain", brand_name_in_from_domain::find),
    ("brand_name_in_local_part", brand_name_in_local_part::find),
    ("brand_name_misspelt", brand_name_misspelt::find),
    ("brand_spoofed_exactly", brand_spoofed_exactly::find),
    ("brand_without_sender_address", brand_without_sender_address::find),
    ("brands_contradict", brands_contradict::find),
    ("calendar_invitation", calendar_invitation::find),
    ("call_number_from_free_mail", call_number_from_free_mail::find),
    ("charge_with_telephone", charge_with_telephone::find),
    ("cheap_suffix_link", cheap_suffix_link::find),
    ("cheap_suffix_under_brand", cheap_suffix_under_brand::find),
    ("chinese_glyphs", chinese_glyphs::find),
    ("clock_time_in_subject", clock_time_in_subject::find),
    ("consistent_organisation", consistent_organisation::find),
    ("cut_sentence", cut_sentence::find),
    ("date_contradicts_arrival", date_contradicts_arrival::find),
    ("deadline_already_there", deadline_already_there::find),
    ("delivery_report", delivery_report::find),
    ("direction_control_in_name", direction_control_in_name::find),
    ("disk_image_attached", disk_image_attached::find),
    ("display_name_decorated", display_name_decorated::find),
    ("display_name_is_a_notice", display_name_is_a_notice::find),
    ("display_name_is_another_address", display_name_is_another_address::find),
    ("display_name_is_subject", display_name_is_subject::find),
    ("display_name_shows_another_domain", display_name_shows_another_domain::find),
    ("display_name_with_pictures", display_name_with_pictures::find),
    ("display_name_with_serial", display_name_with_serial::find),
    ("dkim_failed", dkim_failed::find),
    ("dmarc_failed", dmarc_failed::find),
    ("document_embeds_object", document_embeds_object::find),
    ("double_extension", double_extension::find),
    ("dynamic_dns_link", dynamic_dns_link::find),
    ("encrypted_archive", encrypted_archive::find),
    ("encrypted_document", encrypted_document::find),
    ("envelope_from_differs", envelope_from_differs::find),
    ("envelope_from_is_recipient", envelope_from_is_recipient::find),
    ("fake_reply", fake_reply::find),
    ("filler_of_random_tokens", filler_of_random_tokens::find),
    ("filter_called_it_unwanted", filter_called_it_unwanted::find),
    ("foreign_link_among_genuine", foreign_link_among_genuine::find),
    ("foreign_subject_over_japanese", foreign_subject_over_japanese::find),
    ("forged_trace_line", forged_trace_line::find),
    ("form_in_mail", form_in_mail::find),
    ("free_hosting_link", free_hosting_link::find),
    ("free_mail_order_notice", free_mail_order_notice::find),
    ("free_mail_with_a_role_name", free_mail_with_a_role_name::find),
    ("from_domain_impossible", from_domain_impossible::find),
    ("from_domain_lookalike", from_domain_lookalike::find),
    ("from_domain_not_the_brands", from_domain_not_the_brands::find),
    ("from_domain_without_dot", from_domain_without_dot::find),
    ("from_free_mail_as_company", from_free_mail_as_company::find),
    ("from_is_recipient", from_is_recipient::find),
    ("from_names_no_address", from_names_no_address::find),
    ("genuine_links_under_forged_sender", genuine_links_under_forged_sender::find),
    ("genuine_sender_service", genuine_sender_service::find),
    ("government_outside_its_suffix", government_outside_its_suffix::find),
    ("greeted_by_address", greeted_by_address::find),
    ("hacked_site_path", hacked_site_path::find),
    ("header_not_encoded", header_not_encoded::find),
    ("helo_lies", helo_lies::find),
    ("helo_of_a_public_body", helo_of_a_public_body::find),
    ("helo_unconfirmed", helo_unconfirmed::find),
    ("helo_under_no_domain", helo_under_no_domain::find),
    ("helo_without_name", helo_without_name::find),
    ("hidden_letters_in_disguise", hidden_letters_in_disguise::find),
    ("hidden_text", hidden_text::find),
    ("html_file_attached", html_file_attached::find),
    ("html_file_posts_elsewhere", html_file_posts_elsewhere::find),
    ("html_file_redirects", html_file_redirects::find),
    ("html_file_with_form_or_script", html_file_with_form_or_script::find),
    ("impossible_date", impossible_date::find),
    ("invoice_named_attachment", invoice_named_attachment::find),
    ("japanese_in_a_chinese_charset", japanese_in_a_chinese_charset::find),
    ("jp_path_on_foreign_host", jp_path_on_foreign_host::find),
    ("kana_look_alikes", kana_look_alikes::find),
    ("letters_in_disguise", letters_in_disguise::find),
    ("letters_spaced_out", letters_spaced_out::find),
    ("link_carries_recipient", link_carries_recipient::find),
    ("link_lookalike_host", link_lookalike_host::find),
    ("link_path_of_a_kit", link_path_of_a_kit::find),
    ("link_to_a_bucket", link_to_a_bucket::find),
    ("link_to_address_literal", link_to_address_literal::find),
    ("link_to_an_app_host", link_to_an_app_host::find),
    ("link_to_rented_machine", link_to_rented_machine::find),
    ("links_stay_at_the_sender", links_stay_at_the_sender::find),
    ("list_mail", list_mail::find),
    ("local_part_random", local_part_random::find),
    ("local_part_with_serial", local_part_with_serial::find),
    ("lure_in_subject_or_name", lure_in_subject_or_name::find),
    ("macro_document_attached", macro_document_attached::find),
    ("macro_runs_when_opened", macro_runs_when_opened::find),
    ("many_labels_in_link_host", many_labels_in_link_host::find),
    ("markdown_left_over", markdown_left_over::find),
    ("markup_left_over", markup_left_over::find),
    ("message_id_missing", message_id_missing::find),
    ("message_id_of_a_company_not_involved", message_id_of_a_company_not_involved::find),
    ("message_id_under_no_domain", message_id_under_no_domain::find),
    ("mixed_script_host", mixed_script_host::find),
    ("no_link_of_the_claimed_brand", no_link_of_the_claimed_brand::find),
    ("non_standard_port", non_standard_port::find),
    ("nothing_authenticates_the_sender", nothing_authenticates_the_sender::find),
    ("null_sender_without_report", null_sender_without_report::find),
    ("obscured_address_in_link", obscured_address_in_link::find),
    ("office_external_template", office_external_template::find),
    ("one_click_unsubscribe", one_click_unsubscribe::find),
    ("only_an_image", only_an_image::find),
    ("only_short_links", only_short_links::find),
    ("open_redirector_link", open_redirector_link::find),
    ("origin_at_rented_machine", origin_at_rented_machine::find),
    ("other_companys_template", other_companys_template::find),
    ("passes_only_for_another_domain", passes_only_for_another_domain::find),
    ("password_form_in_mail", password_form_in_mail::find),
    ("pdf_runs_something", pdf_runs_something::find),
    ("pdf_with_link_elsewhere", pdf_with_link_elsewhere::find),
    ("phishing_exercise", phishing_exercise::find),
    ("plain_personal_mail", plain_personal_mail::find),
    ("plain_text_disagrees", plain_text_disagrees::find),
    ("platform_sender_named_after_a_brand", platform_sender_named_after_a_brand::find),
    ("platform_text_field_abused", platform_text_field_abused::find),
    ("profile_installs", profile_installs::find),
    ("program_attached", program_attached::find),
    ("public_body_speaks_for_a_company", public_body_speaks_for_a_company::find),
    ("punctuation_not_japanese", punctuation_not_japanese::find),
    ("qr_code_leads_elsewhere", qr_code_leads_elsewhere::find),
    ("question_mark_for_dot", question_mark_for_dot::find),
    ("random_looking_link_host", random_looking_link_host::find),
    ("recipient_in_fragment", recipient_in_fragment::find),
    ("recipient_in_senders_address", recipient_in_senders_address::find),
    ("recipient_in_subject", recipient_in_subject::find),
    ("recipient_named_as_sender", recipient_named_as_sender::find),
    ("recipient_organisation_spoofed", recipient_organisation_spoofed::find),
    ("recipients_hidden", recipients_hidden::find),
    ("reply_in_thread", reply_in_thread::find),
    ("reply_to_elsewhere", reply_to_elsewhere::find),
    ("reply_to_free_mail", reply_to_free_mail::find),
    ("script_attached", script_attached::find),
    ("script_link", script_link::find),
    ("sender_at_tenant_default", sender_at_tenant_default::find),
    ("sender_field_differs", sender_field_differs::find),
    ("sender_under_cheap_suffix", sender_under_cheap_suffix::find),
    ("sending_host_numbered", sending_host_numbered::find),
    ("sending_host_of_from_domain", sending_host_of_from_domain::find),
    ("sending_host_without_name", sending_host_without_name::find),
    ("sent_by_web_script", sent_by_web_script::find),
    ("serial_heads_text", serial_heads_text::find),
    ("serial_in_subject", serial_in_subject::find),
    ("service_not_used", service_not_used::find),
    ("several_authors", several_authors::find),
    ("shortcut_runs_command", shortcut_runs_command::find),
    ("shortener_link", shortener_link::find),
    ("shown_brand_host_not_target", shown_brand_host_not_target::find),
    ("shown_host_not_target", shown_host_not_target::find),
    ("spf_failed", spf_failed::find),
    ("spf_softfailed", spf_softfailed::find),
    ("stamped_as_spam", stamped_as_spam::find),
    ("strange_letters_in_text", strange_letters_in_text::find),
    ("stray_kanji", stray_kanji::find),
    ("subject_contradicts_text", subject_contradicts_text::find),
    ("submitted_by_another_account", submitted_by_another_account::find),
    ("tag_behind_a_gap", tag_behind_a_gap::find),
    ("telephone_number_disguised", telephone_number_disguised::find),
    ("text_begins_twice", text_begins_twice::find),
    ("thread_fields_without_an_answer", thread_fields_without_an_answer::find),
    ("tracking_pixel", tracking_pixel::find),
    ("two_languages_in_one_lure", two_languages_in_one_lure::find),
    ("type_contradicts_name", type_contradicts_name::find),
    ("userinfo_in_link", userinfo_in_link::find),
    ("wallet_address_in_text", wallet_address_in_text::find),
    ("weekday_in_text_wrong", weekday_in_text_wrong::find),
    ("weekday_wrong", weekday_wrong::find),
    ("wordpress_user_name_abused", wordpress_user_name_abused::find),
    ("words_broken_up", words_broken_up::find),
    ("words_in_disguise", words_in_disguise::find),
    ("zone_of_elsewhere", zone_of_elsewhere::find),
];

/// The findings in force, ready to run.
#[derive(Debug)]
pub struct Judge<'k> {
    knowledge: &'k Knowledge,
    rules: Vec<(&'k FindingSpec, Rule)>,
    /// The finding of each phrase file.
    worded: Vec<Option<&'k FindingSpec>>,
    /// Findings that follow from others, each after those it needs.
    derived: Vec<&'k FindingSpec>,
    /// An operator's own that an expression decides.
    own: Vec<(&'k FindingSpec, Expression)>,
}

impl<'k> Judge<'k> {
    /// All findings that the knowledge has words for.
    #[must_use]
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let rules = RULES
            .iter()
            .filter_map(|&(name, rule)| Some((knowledge.finding(&name.replace('_', "-"))?, rule)))
            // An operator's condition stands in the place of the logic.
            .filter(|(spec, _)| !has_when(spec));
        Self {
            knowledge,
            rules: rules.collect(),
            worded: knowledge.phrases().iter().map(|file| knowledge.finding(&file.finding)).collect(),
            derived: knowledge
                .findings()
                .iter()
                .filter(|spec| has_when(spec) && !spec.has_expression())
                .collect(),
            own: knowledge.findings().iter().filter_map(with_expression).collect(),
        }
    }

    /// What is known.
    #[must_use]
    pub const fn knowledge(&self) -> &'k Knowledge {
        self.knowledge
    }

    /// An operator's own findings that an expression decides.
    pub(crate) fn own(&self) -> &[(&'k FindingSpec, Expression)] {
        &self.own
    }

    /// All findings on a mail, by group and id, but those that an expression decides.
    #[must_use]
    pub fn findings(&self, scene: &Scene<'_>) -> Vec<Finding<'k>> {
        let ruled = self
            .rules
            .iter()
            .filter_map(|&(spec, rule)| rule(scene).map(|sign| Finding::new(spec, sign, scene.mail)));
        let mut findings: Vec<Finding<'k>> = ruled.collect();
        findings.extend(self.worded(scene));
        for spec in &self.derived {
            if let Some(finding) = derive(spec, &findings) {
                findings.push(finding);
            }
        }
        findings.sort_by(|a, b| (&a.spec.group, &a.spec.id).cmp(&(&b.spec.group, &b.spec.id)));
        findings
    }

    /// Findings by wording: one phrase of a topic, or two of its hints.
    fn worded(&self, scene: &Scene<'_>) -> Vec<Finding<'k>> {
        let mut findings: Vec<Finding<'k>> = Vec::new();
        for (file, spec) in self.worded.iter().enumerate() {
            let mut hits: Vec<&Worded> = scene.phrases.iter().filter(|hit| hit.file == file).collect();
            let plain = hits.iter().any(|hit| !hit.hint);
            let enough = plain || stand_together(&hits);
            hits.retain(|hit| !(plain && hit.hint));
            let Some(spec) = spec.filter(|_| enough) else { continue };
            let because = hits.iter().map(|hit| hit.because.clone());
            if let Some(known) = findings.iter_mut().find(|finding| finding.spec.id == spec.id) {
                known.because.extend(because);
            } else {
                let quote = hits.first().map(|hit| hit.quote.clone());
                let parameters = vec![("quote", Value::from(quote.unwrap_or_default()))];
                findings.push(Finding { spec, parameters, because: because.collect() });
            }
        }
        findings
    }
}

/// Pointers that a finding keeps.
const GROUNDS: usize = 12;

/// How near two hints stand to belong to one thought, in code points: a paragraph.
const PARAGRAPH: usize = 400;

/// Whether two different hints stand near each other: in a long text single words mean nothing.
fn stand_together(hits: &[&Worded]) -> bool {
    let mut places: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.position, hit.phrase)).collect();
    places.sort_unstable();
    places.windows(2).any(|pair| pair[1].1 != pair[0].1 && pair[1].0 - pair[0].0 < PARAGRAPH)
}

impl<'k> Finding<'k> {
    /// What cannot be seen in the text, such as a link around a picture, is shown by the bytes where it stands: the body.
    fn new(spec: &'k FindingSpec, sign: Sign, mail: &Mail<'_>) -> Self {
        Self { spec, parameters: sign.parameters, because: sound(sign.because, mail) }
    }
}

/// Pointers that point at something, not too many, at least one.
pub(crate) fn sound(mut because: Vec<Because>, mail: &Mail<'_>) -> Vec<Because> {
    because.retain(|why| match why {
        Because::Bytes { bytes } => !bytes.is_empty(),
        Because::Text { text, .. } => !text.is_empty(),
        Because::Evidence { .. } => true,
    });
    because.truncate(GROUNDS);
    if because.is_empty() { Sign::in_body(mail).because } else { because }
}

fn has_when(spec: &FindingSpec) -> bool {
    spec.when.is_some()
}

/// A finding that an expression decides, with that; one that does not compile is silent, and its operator was told at the start.
fn with_expression(spec: &FindingSpec) -> Option<(&FindingSpec, Expression)> {
    let when = spec.when.as_ref().filter(|_| spec.has_expression())?;
    Some((spec, Expression::new(&when.expression).ok()?))
}

/// Whether the lists of a condition agree with what was found.
pub(crate) fn follows(when: &When, findings: &[Finding<'_>]) -> bool {
    let has = |id: &String| findings.iter().any(|finding| finding.spec.id == *id);
    when.all.iter().all(has)
        && (when.any.is_empty() || when.any.iter().any(has))
        && !when.none.iter().any(has)
}

/// A finding that follows from others: it rests on what those rest on.
fn derive<'k>(spec: &'k FindingSpec, findings: &[Finding<'k>]) -> Option<Finding<'k>> {
    let when = spec.when.as_ref().filter(|when| follows(when, findings))?;
    let grounds = findings
        .iter()
        .filter(|finding| when.all.contains(&finding.spec.id) || when.any.contains(&finding.spec.id));
    let (mut parameters, mut because) = (Vec::new(), Vec::new());
    for ground in grounds {
        parameters.extend(ground.parameters.iter().cloned());
        because.extend(ground.because.iter().take(2).cloned());
    }
    because.truncate(GROUNDS);
    (!because.is_empty()).then_some(Finding { spec, parameters, because })
}

#[cfg(test)]
mod tests {
    use super::RULES;
    use super::testing::knowledge;

    #[test]
    fn every_rule_has_words_and_stands_in_order() {
        let wordless = RULES.iter().find(|(name, _)| knowledge().finding(&name.replace('_', "-")).is_none());
        assert_eq!(wordless.map(|(name, _)| name), None);
        assert!(RULES.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
