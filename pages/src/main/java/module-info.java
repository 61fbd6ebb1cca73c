/** Pages for owners and members. */
module dev.bulla.pages {
    requires transitive dev.bulla.core;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.tables;
    requires static transitive org.jspecify;

    exports dev.bulla.pages;
}
