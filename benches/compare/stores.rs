//! What every program searches in: the texts, and the library or database that each makes of them.
//!
//! SQLite and Groonga get one row for each unit of celan, the same units in the same order, as original text; so their totals can be
//! held against celan's. Recoll indexes the folder of files. Every database keeps the text it searches, as celan does. Settings are those
//! that the programs come with, but: Groonga gets its rows first and its index afterwards, which is its faster way.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use celan::library::Library;

use crate::options::Options;
use crate::programs::is_there;
use crate::{Outcome, corpus, tell};

/// What the `ascii` mode of SQLite reads: columns end with the first, rows with the second. A text that holds them loses them.
const ENDS: [char; 2] = ['\u{1f}', '\u{1e}'];

/// The texts and all that is made of them.
pub(crate) struct Stores {
    /// What this is called in the tables.
    pub(crate) name: &'static str,
    /// The texts as files.
    pub(crate) texts: PathBuf,
    /// The same texts in one file.
    pub(crate) one_file: PathBuf,
    /// celan's library.
    pub(crate) library: PathBuf,
    /// The units as rows of a plain table of SQLite, which the table with trigrams is made from.
    pub(crate) rows: PathBuf,
    /// The table with trigrams.
    pub(crate) sqlite: PathBuf,
    /// The configuration of Recoll; its database lies within.
    pub(crate) recoll: PathBuf,
    groonga: PathBuf,
    /// Whether this is more text than the corpus; Recoll is left out of it.
    pub(crate) is_large: bool,
}

impl Stores {
    /// Reads all of it once, for everybody: where the page cache was dropped before, searches have brought back what they looked at and no
    /// more.
    pub(crate) fn bring_into_memory(&self) -> Outcome {
        for place in [&self.texts, &self.one_file, &self.library, &self.sqlite, &self.recoll, &self.groonga] {
            let files = if place.is_dir() { corpus::files(place)? } else { vec![place.clone()] };
            for file in files.iter().filter(|file| file.is_file()) {
                io::copy(&mut fs::File::open(file)?, &mut io::sink())?;
            }
        }
        Ok(())
    }

    /// Those of the corpus as it is.
    pub(crate) fn small(options: &Options) -> Outcome<Self> {
        Self::at("corpus", &options.work.join("small"), &options.corpus, false)
    }

    /// Those of 3.5 times the text; it is made where it is not there.
    pub(crate) fn large(options: &Options) -> Outcome<Self> {
        let texts = options.work.join("large-texts");
        if !texts.exists() {
            tell("making 3.5 times the text");
            corpus::make_large(&options.corpus, &texts)?;
        }
        Self::at("3.5 × corpus", &options.work.join("large"), &texts, true)
    }

    fn at(name: &'static str, folder: &Path, texts: &Path, is_large: bool) -> Outcome<Self> {
        fs::create_dir_all(folder)?;
        let stores = Self {
            name,
            texts: texts.to_owned(),
            one_file: folder.join("one-file.txt"),
            library: folder.join("library"),
            rows: folder.join("rows.db"),
            sqlite: folder.join("trigrams.db"),
            groonga: folder.join("groonga"),
            recoll: folder.join("recoll"),
            is_large,
        };
        corpus::make_one_file(texts, &stores.one_file)?;
        Ok(stores)
    }

    /// How many bytes the text has.
    pub(crate) fn text_bytes(&self) -> u64 {
        corpus::bytes(&self.one_file)
    }

    /// The database of Groonga: a file beside which its others lie.
    pub(crate) fn groonga(&self) -> PathBuf {
        self.groonga.join("units")
    }

    /// The folder of Groonga's database.
    pub(crate) fn groonga_folder(&self) -> &Path {
        &self.groonga
    }

    /// Makes the library and the databases that are not there yet.
    pub(crate) fn make(&self, options: &Options) -> Outcome {
        if !self.library.join("index").exists() {
            tell(&format!("celan adds the {}", self.name));
            new_library(&self.library)?;
            quietly(&add(options, &self.library, &self.texts), None)?;
        }
        if !self.rows.exists() || !self.groonga.exists() {
            self.make_rows()?;
        }
        if is_there("sqlite3") && !self.sqlite.exists() {
            tell(&format!("SQLite indexes the {}", self.name));
            quietly(&self.sqlite_build(&self.sqlite), None)?;
        }
        if !self.is_large && is_there("recollq") && !self.recoll.join("xapiandb").exists() {
            tell(&format!("Recoll indexes the {}", self.name));
            self.configure_recoll(&self.recoll)?;
            quietly(&recoll_build(&self.recoll), None)?;
        }
        Ok(())
    }

    /// Writes the units of the library as rows for SQLite and for Groonga, and has Groonga index them.
    fn make_rows(&self) -> Outcome {
        tell(&format!("writing the units of the {} as rows", self.name));
        let library = Library::open(&self.library)?.value;
        let (mut plain, mut load) = (String::new(), String::from(GROONGA_TABLE));
        let mut separator = "";
        for listing in library.listings() {
            let document = library.document(&listing.id)?;
            let texts = document.nodes.iter().map(|node| document.unit_text(node)).filter(|text| !text.is_empty());
            for text in texts {
                plain.extend(text.chars().filter(|character| !ENDS.contains(character)).chain([ENDS[1]]));
                write!(load, "{separator}{}", serde_json::json!({ "body": text }))?;
                separator = ",\n";
            }
        }
        load.push_str(GROONGA_INDEX);
        let (rows, loaded) = (self.rows.with_extension("txt"), self.groonga.with_extension("grn"));
        fs::write(&rows, plain)?;
        fs::write(&loaded, load)?;
        if is_there("sqlite3") && !self.rows.exists() {
            let script = self.rows.with_extension("sql");
            fs::write(&script, format!("create table units (body text);\n.mode ascii\n.import '{}' units\n", rows.display()))?;
            quietly(&["sqlite3".into(), self.rows.clone().into()], Some(&script))?;
        }
        if is_there("groonga") && !self.groonga.exists() {
            tell(&format!("Groonga indexes the {}", self.name));
            fs::create_dir_all(&self.groonga)?;
            quietly(&groonga_build(&self.groonga()), Some(&loaded))?;
        }
        Ok(())
    }

    /// The command that makes the table with trigrams in `target`, from rows that are split already, in one transaction.
    pub(crate) fn sqlite_build(&self, target: &Path) -> Vec<OsString> {
        let rows = self.rows.display();
        let statements = format!(
            "attach '{rows}' as source; create virtual table units using fts5(body, tokenize = 'trigram'); \
             insert into units select body from source.units;"
        );
        vec!["sqlite3".into(), target.into(), statements.into()]
    }

    /// What Groonga's build reads.
    pub(crate) fn groonga_input(&self) -> PathBuf {
        self.groonga.with_extension("grn")
    }

    /// Writes what Recoll needs to know: the folder, that Markdown is text, no stemming and no spelling.
    pub(crate) fn configure_recoll(&self, folder: &Path) -> Outcome {
        fs::create_dir_all(folder)?;
        let settings = format!("topdirs = {}\nindexstemminglanguages =\nnoaspell = 1\n", self.texts.display());
        fs::write(folder.join("recoll.conf"), settings)?;
        fs::write(folder.join("mimemap"), ".md = text/plain\n")?;
        Ok(())
    }
}

/// The table and its rows: the rows follow.
const GROONGA_TABLE: &str = "table_create units TABLE_NO_KEY\ncolumn_create units body COLUMN_SCALAR Text\nload --table units\n[\n";

/// After the rows: the index of overlapping bigrams.
const GROONGA_INDEX: &str = "\n]\n\
    table_create terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto\n\
    column_create terms units_body COLUMN_INDEX|WITH_POSITION units body\nquit\n";

/// An empty library.
pub(crate) fn new_library(folder: &Path) -> Outcome {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("celan.toml"), "")?;
    Ok(())
}

/// The command that adds `what` to a library.
pub(crate) fn add(options: &Options, library: &Path, what: &Path) -> Vec<OsString> {
    vec![options.celan.clone().into(), "--library".into(), library.into(), "add".into(), what.into()]
}

/// The command that makes Groonga's database in `target`; it reads [`Stores::groonga_input`].
pub(crate) fn groonga_build(target: &Path) -> Vec<OsString> {
    vec!["groonga".into(), "-n".into(), target.into()]
}

/// The command that has Recoll index what its configuration says.
pub(crate) fn recoll_build(configuration: &Path) -> Vec<OsString> {
    vec!["recollindex".into(), "-c".into(), configuration.into()]
}

/// Runs a command with its output thrown away; that it fails is an error.
pub(crate) fn quietly(command: &[OsString], input: Option<&Path>) -> Outcome {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let input = input.map_or_else(|| Ok(Stdio::null()), |path| fs::File::open(path).map(Stdio::from))?;
    let status = Command::new(program).args(arguments).stdin(input).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", program.display()).into()) }
}
