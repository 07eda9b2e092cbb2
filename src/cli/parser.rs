//! The tree of commands for clap, in one language.
//!
//! Made from the table of commands; the words that clap would print in English (headings, `[OPTIONS]`, the help of help) are set
//! here once for all of them.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

use super::{COMMANDS, open, search};
use crate::diagnostic::Language;

/// The whole tree, with all that its help says.
pub(super) fn parser(language: Language) -> Command {
    tree(language, |_| true).mut_subcommand(search::COMMAND.name, |command| command.after_help(search::more_help(language)))
}

/// The tree with those commands only whose names are among the arguments: it reads a call as the whole tree does and takes a fraction of the
/// time to make. Help and complaints need the whole one.
pub(super) fn parser_for(arguments: &[OsString], language: Language) -> Command {
    tree(language, |name| arguments.iter().any(|argument| argument == name))
}

fn tree(language: Language, is_wanted: impl Fn(&str) -> bool) -> Command {
    let subcommands = COMMANDS.iter().filter(|command| is_wanted(command.name)).map(|command| {
        let described = (command.describe)(Command::new(command.name), language);
        localised(described, language)
    });
    let root = Command::new("celan")
        .version(env!("CARGO_PKG_VERSION"))
        .about(language.pick(
            "策览：离线的政策文件库，可浏览、检索、引用",
            "celan (策览): an offline library of Chinese policy documents to read, search and cite",
        ))
        .override_usage(language.pick("celan [选项] [命令]", "celan [OPTIONS] [COMMAND]"))
        .after_help(language.pick(
            "不带命令时打开终端界面。退出码：0 有结果，1 无结果，2 出错。\n各命令的说明：celan help 命令",
            "Without a command the terminal interface opens. Exit codes: 0 found, 1 nothing found, 2 error.\nMore on a command: celan help COMMAND",
        ))
        .subcommand_help_heading(language.pick("命令", "Commands"))
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .args(common(language))
        .args(open::arguments(language))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(language.pick("显示版本", "Print the version")),
        )
        .subcommands(subcommands);
    localised(root, language)
}

/// Options that may stand before or after any command.
fn common(language: Language) -> [Arg; 3] {
    [
        Arg::new("library")
            .long("library")
            .global(true)
            .value_name(language.pick("文件夹", "DIR"))
            .value_parser(value_parser!(PathBuf))
            .help(language.pick("使用这个文件夹里的文库", "Use the library in this folder")),
        Arg::new("lang")
            .long("lang")
            .global(true)
            .value_name("zh|en")
            .value_parser(["zh", "en"])
            .hide_possible_values(true)
            .help(language.pick("界面语言：zh 中文，en 英文", "Language of the interface: zh Chinese, en English")),
        Arg::new("help").short('h').long("help").global(true).action(ArgAction::Help).help(language.pick("显示说明", "Print help")),
    ]
}

/// Headings and layout in one language.
fn localised(command: Command, language: Language) -> Command {
    let template = language.pick(
        "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    );
    let (arguments, options) = (language.pick("参数", "Arguments"), language.pick("选项", "Options"));
    command.help_template(template).disable_help_flag(true).mut_args(|argument| {
        let heading = if argument.is_positional() { arguments } else { options };
        argument.help_heading(heading)
    })
}

/// A switch that is either there or not.
pub(super) fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// A number from 0 on.
pub(super) fn number(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("N").value_parser(value_parser!(usize)).help(help)
}

/// `--json`, which many commands share.
pub(super) fn json(language: Language) -> Arg {
    switch("json", language.pick("输出 JSON", "Print JSON"))
}
