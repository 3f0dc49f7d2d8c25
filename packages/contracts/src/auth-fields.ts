import { Type } from 'typebox';
import { Nullable } from './primitives.ts';

// Surrounding blanks are cut off by the service; letters' case does not tell mailboxes apart.
// Invisible and direction-changing characters would make two accounts look like one; so would letters that are blank.
const unseen =
  '\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u202a-\\u202e' +
  '\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0';
/** A mail address as a person types it. */
export const Email = Type.String({
  maxLength: 254,
  pattern: `^\\s*[^\\s@${unseen}"<>(),:;]+@[^\\s@${unseen}"<>(),:;]+\\.[^\\s@.${unseen}]+\\s*$`,
});
/** A password about to be set. */
export const NewPassword = Type.String({ minLength: 10, maxLength: 200 });
/** A password that is tried. An old one may have been set under other rules: only its size is bounded. */
export const GivenPassword = Type.String({ minLength: 1, maxLength: 200 });
/** What a person is called: something must be seen of it. */
export const PersonName = Type.String({
  minLength: 1,
  maxLength: 80,
  pattern: `^[^${unseen}]*[^\\s${unseen}][^${unseen}]*$`,
});
/** A token that only its maker reads. */
export const OpaqueToken = Type.String({ minLength: 1, maxLength: 4096 });
/** A browser sends no body: its token is in the cookie. */
export const GivenRefreshToken = Nullable(
  Type.Object({ refreshToken: Type.Optional(OpaqueToken) }, { additionalProperties: false }),
);
