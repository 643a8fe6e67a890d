//! A list whose members are looked up by name: words, columns, rows, entries.
//!
//! A regime names its parts again and again, so that searching them one by one takes the square of its length. Of two members that bear one name the first counts; that there
//! are two is told where they are declared. It deliberately does not know what a name is written like, and nobody changes the name of a member that is in the list.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

/// What can be looked up by name.
pub trait Bears {
    /// Everything it can be named by; nothing where it has no name.
    fn names(&self) -> impl Iterator<Item = &str>;
}

/// Members in the order they were added, and where each name leads.
#[derive(Clone, Debug)]
pub struct Named<T> {
    members: Vec<T>,
    places: BTreeMap<String, usize>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Named {
            members: Vec::new(),
            places: BTreeMap::new(),
        }
    }
}

impl<T: Bears> Named<T> {
    /// Adds a member after all others.
    pub fn push(&mut self, member: T) {
        let place = self.members.len();
        for name in member.names() {
            if !self.places.contains_key(name) {
                self.places.insert(name.to_owned(), place);
            }
        }
        self.members.push(member);
    }

    /// The position of the member of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// The member of a name.
    pub fn named(&self, name: &str) -> Option<&T> {
        self.members.get(self.find(name)?)
    }

    /// Leaves only the first members.
    pub fn truncate(&mut self, most: usize) {
        self.members.truncate(most);
        self.places.retain(|_, place| *place < most);
    }
}

impl<T> Deref for Named<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.members
    }
}

impl<T> DerefMut for Named<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.members
    }
}

impl<T: Bears> FromIterator<T> for Named<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut named = Named::default();
        for member in members {
            named.push(member);
        }
        named
    }
}

impl<'n, T> IntoIterator for &'n Named<T> {
    type Item = &'n T;
    type IntoIter = std::slice::Iter<'n, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.iter()
    }
}

impl<'n, T> IntoIterator for &'n mut Named<T> {
    type Item = &'n mut T;
    type IntoIter = std::slice::IterMut<'n, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::{Bears, Named};

    struct Word(&'static str);

    impl Bears for Word {
        fn names(&self) -> impl Iterator<Item = &str> {
            std::iter::once(self.0)
        }
    }

    #[test]
    fn the_first_of_two_that_bear_one_name_is_found() {
        let words: Named<Word> = ["a", "b", "a"].into_iter().map(Word).collect();
        assert_eq!(words.find("a"), Some(0));
        assert_eq!(words.find("b"), Some(1));
        assert_eq!(words.find("c"), None);
        assert_eq!(words.len(), 3);
    }

    #[test]
    fn what_is_cut_off_is_not_found() {
        let mut words: Named<Word> = ["a", "b"].into_iter().map(Word).collect();
        words.truncate(1);
        assert_eq!((words.find("a"), words.find("b")), (Some(0), None));
    }
}
