/**
 * What each path of the API does. Belongs here: one class per group of paths, and the query executor they share. Does not
 * belong here: parsing of parameters ({@code api.request}) and writing of documents ({@code api.rendering}).
 */
@NullMarked
package io.marketbrain.api.endpoints;

import org.jspecify.annotations.NullMarked;
