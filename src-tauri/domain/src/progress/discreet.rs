//! Names and numbers made unrecognisable for those who may be anybody.

use crate::applicant::ApplicantKind;
use crate::case::Case;

/// From how many digits on a number in running text may be of a person: telephones have seven and
/// more, days written without dashes eight.
const LONG_NUMBER: usize = 7;

/// A name that who knows it recognises, and nobody else learns: of a person the first character
/// (`张*`), of a body the first two and, where it is long, the last two (`根河***公司`).
pub fn masked_name(kind: ApplicantKind, name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    // A variation selector belongs to the character before it.
    let whole = |n: usize| {
        let selects =
            |c: &&char| matches!(**c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
        n + chars.iter().skip(n).take_while(selects).count()
    };
    let head = |n: usize| chars.iter().take(whole(n)).collect::<String>();
    match kind {
        ApplicantKind::Person => format!("{}*", head(1)),
        _ if chars.len() < 5 => format!("{}***", head(1)),
        _ if chars.len() < 8 => format!("{}***", head(2)),
        _ => {
            let tail: String = chars.iter().skip(chars.len() - 2).collect();
            format!("{}***{tail}", head(2))
        }
    }
}

/// Text that a clerk typed, without the names of applicant and agent and without long numbers.
pub(super) fn without_persons(case: &Case, text: &str) -> String {
    let mut text = text.to_owned();
    let applicant = &case.applicant;
    let agent = case.agent.as_ref().map(|agent| (ApplicantKind::Person, agent));
    for (kind, party) in std::iter::once((applicant.kind, &applicant.party)).chain(agent) {
        if !party.name.is_empty() {
            text = text.replace(&party.name, &masked_name(kind, &party.name));
        }
    }
    without_numbers(&text)
}

fn without_numbers(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut number = String::new();
    let end = |number: &mut String, told: &mut String| {
        let digits = number.chars().filter(char::is_ascii_digit).count();
        match digits >= LONG_NUMBER {
            true => told.push_str("***"),
            false => told.push_str(number),
        }
        number.clear();
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            number.push(c);
        } else {
            end(&mut number, &mut told);
            told.push(c);
        }
    }
    end(&mut number, &mut told);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_recognised_and_not_told() {
        let person = |name| masked_name(ApplicantKind::Person, name);
        assert_eq!(person("张三"), "张*");
        assert_eq!(person("欧阳春晓"), "欧*");
        assert_eq!(person("𠮷日嘎拉"), "𠮷*");
        assert_eq!(person("葛\u{E0100}某"), "葛\u{E0100}*");
        let body = |name| masked_name(ApplicantKind::Enterprise, name);
        assert_eq!(body("根河市冷极林业有限公司"), "根河***公司");
        assert_eq!(body("张三便利店"), "张三***");
        assert_eq!(body("甲"), "甲***");
        assert_eq!(masked_name(ApplicantKind::Person, ""), "*");
    }

    #[test]
    fn long_numbers_in_text_are_masked_and_short_ones_stay() {
        let told = without_numbers("身份证150785190101010019过期，电话13800000000，第3页缺2份");
        assert_eq!(told, "身份证***过期，电话***，第3页缺2份");
        assert_eq!(without_numbers("15078519080609008X"), "***");
    }
}
