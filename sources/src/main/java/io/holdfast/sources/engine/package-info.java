/**
 * One Docker engine, over docker-java. Knows nothing of backups.
 *
 * <p>Paths of the engine API that are called, for the allow list of a socket proxy; all without a version in front:
 *
 * <pre>
 * GET    /_ping  /version
 * GET    /containers/json                     list, filtered by label or volume
 * GET    /containers/{id}/json                look at one
 * POST   /containers/{id}/pause  /unpause  /stop  /start
 * GET    /containers/{id}/archive             read files as a tar
 * HEAD   /containers/{id}/archive             look whether a path is there
 * PUT    /containers/{id}/archive             write files from a tar
 * POST   /containers/{id}/exec                run a command inside: create,
 * POST   /exec/{id}/start                     start (with Upgrade: tcp), and
 * GET    /exec/{id}/json                      ask how it ended
 * GET    /volumes  /volumes/{name}
 * POST   /volumes/create
 * DELETE /volumes/{name}
 * POST   /containers/create                   helper containers,
 * GET    /containers/{id}/logs                what they printed is read,
 * DELETE /containers/{id}                     and they are removed again
 * </pre>
 */
@NullMarked
package io.holdfast.sources.engine;

import org.jspecify.annotations.NullMarked;
