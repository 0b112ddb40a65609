/**
 * Reading and writing the gateway's own files: the kind of a file is checked before it is opened, and its size, lines and
 * characters are limited. Belongs here: what is true of every such file. Does not belong here: the contents of any one of
 * them.
 */
@NullMarked
package io.marketbrain.files;

import org.jspecify.annotations.NullMarked;
