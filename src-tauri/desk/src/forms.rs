//! Forms of the guide (空白表、示例样表): looked at, printed, saved. They are the applicant's for
//! nothing (行政许可法 第29条、第58条) and belong to no case: nothing of it is logged.

use std::path::{Path, PathBuf};

use yichuang_documents::{Annex, AnnexFault, form_alone};
use yichuang_domain::matter::Matter;
use yichuang_guide::{Form, FormKind, form};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::papers::write_file;
use crate::view::FormView;

/// The longest name of a file, in characters: three bytes each stay below what any system allows.
const LONGEST_NAME: usize = 60;

/// A form as it came with the guide.
#[derive(Clone, Debug)]
pub struct FormFile {
    /// A file name that says what it is.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A form as it is printed.
#[derive(Clone, Debug)]
pub struct FormPaper {
    /// A file name that says what it is.
    pub name: String,
    /// The PDF.
    pub pdf: Vec<u8>,
}

impl Desk {
    /// A form of the release in use, unchanged.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NoGuide`].
    pub fn form(&self, id: &str) -> Result<FormFile, DeskError> {
        let guide = self.guide()?;
        let form = guide.form(id).ok_or(NOT_FOUND)?;
        let name = file_name(form, form::suffix(&form.media_type));
        Ok(FormFile { name, media_type: form.media_type.clone(), bytes: bytes(form)? })
    }

    /// A form of the release in use as it is printed: a PDF as it is, a picture on a page.
    ///
    /// # Errors
    /// [`DeskError::Form`] where this program can't print it; [`DeskError::NotFound`].
    pub fn form_paper(&self, id: &str) -> Result<FormPaper, DeskError> {
        let guide = self.guide()?;
        let form = guide.form(id).ok_or(NOT_FOUND)?;
        let pdf = form_alone(&bytes(form)?).map_err(|why| fault(form, why))?;
        Ok(FormPaper { name: file_name(form, "pdf"), pdf })
    }

    /// Saves a form, unchanged, into `folder`; returns where.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::Unwritable`], [`DeskError::NotSignedIn`].
    pub fn save_form(&self, id: &str, folder: &Path) -> Result<PathBuf, DeskError> {
        self.actor()?;
        let form = self.form(id)?;
        write_file(folder, &form.name, &form.bytes)
    }

    /// Hands a form to a printer; returns what to tell the clerk.
    ///
    /// # Errors
    /// As [`Desk::form_paper`]; [`DeskError::Print`], [`DeskError::NotSignedIn`].
    pub fn print_form(&self, id: &str, printer: Option<&str>) -> Result<String, DeskError> {
        self.actor()?;
        let paper = self.form_paper(id)?;
        self.print_sheet(&paper.pdf, &paper.name, printer)
    }
}

const NOT_FOUND: DeskError = DeskError::NotFound { what: "这份表格" };

/// The forms that a matter names, each once, in the order of its materials.
pub(crate) fn named<'g>(guide: &'g Guide, matter: &'g Matter) -> Vec<&'g Form> {
    let materials = matter.materials.iter().filter_map(|m| m.reference.as_deref());
    let ids = materials.flat_map(|m| [&m.blank_form, &m.sample_form]);
    let ids = ids.chain(matter.reference.as_deref().map(|r| &r.result.sample_form));
    let mut forms: Vec<&Form> = Vec::new();
    for form in ids.filter_map(|id| guide.form(id)) {
        if !forms.iter().any(|known| known.id == form.id) {
            forms.push(form);
        }
    }
    forms
}

/// A form without its content.
pub(crate) fn form_view(form: &Form) -> FormView {
    let kind = form.kind();
    let printable = matches!(kind, FormKind::Pdf | FormKind::Picture);
    FormView { id: form.id.clone(), name: form.name.clone(), kind, printable }
}

/// A form that can be bound behind a sheet.
pub(crate) fn annex(form: &Form) -> Result<Annex, DeskError> {
    Annex::read(&bytes(form)?).map_err(|why| fault(form, why))
}

fn fault(form: &Form, why: AnnexFault) -> DeskError {
    DeskError::Form { name: form.name.clone(), why }
}

/// The check of a package lets none pass that has no content.
fn bytes(form: &Form) -> Result<Vec<u8>, DeskError> {
    form.bytes().map_err(|_| NOT_FOUND)
}

/// Two forms may have one name; their ids differ.
fn file_name(form: &Form, suffix: &str) -> String {
    let allowed = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        c if c.is_control() => '_',
        c => c,
    };
    let name: String =
        format!("{}-{}", form.id, form.name).chars().map(allowed).take(LONGEST_NAME).collect();
    format!("{}.{suffix}", name.trim_start_matches('.').trim())
}

#[cfg(test)]
mod tests;
