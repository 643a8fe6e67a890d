//! TOML of the same number of files, each as large as its regime: a table per line that has a label, with the label, a number, a measure and a list.
//!
//! Nothing here is measured. What is left of the size is filled with a comment, so that sizes are equal to the byte.

use crate::project::Text;

/// A file of TOML for each file of a project.
pub fn of_equal_size(texts: &[Text]) -> Vec<Text> {
    texts
        .iter()
        .map(|text| Text {
            path: text.path.replace(".regime", ".toml"),
            text: of_size(&text.text),
        })
        .collect()
}

fn of_size(regime: &str) -> String {
    let mut written = String::from("[regime]\nname = \"x\"\nversion = 1\n");
    let labels: Vec<&str> = regime
        .lines()
        .filter_map(|line| line.split('"').nth(1))
        .collect();
    for (number, label) in labels.iter().cycle().enumerate() {
        let label = label.replace('\\', "/");
        let one = format!(
            "\n[form.c{number}]\nlabel = \"{label}\"\nmeasure = \"vu_viec\"\nnumber = {number}\nsum = [{number}, 2, 3]\n"
        );
        if written.len() + one.len() > regime.len().saturating_sub(3) {
            break;
        }
        written.push_str(&one);
    }
    written.push_str("# ");
    while written.len() < regime.len() {
        written.push('-');
    }
    written
}
