using PhoneNumbers;

namespace OmniIoT.Sql;

/// <summary>
/// The one form in which identities are compared and found, however somebody typed them: e-mail addresses without case, phone
/// numbers in E.164. The customer keeps what was typed; the index and the search text have this form.
/// </summary>
internal static class IdentityForm
{
    /// <summary>Rises when the form of anything changes: what is stored by an earlier one is written anew at start.</summary>
    public const int Version = 1;

    private const string International = "00";

    public static string Of(string type, string value) =>
        type.ToLowerInvariant() switch
        {
            "email" => value.Trim().ToLowerInvariant(),
            "phone" => Phone(value) ?? value.Trim(),
            _ => value,
        };

    /// <summary>Of text that may be a phone number with its country: E.164; else null. A national number names no one country.</summary>
    public static string? Phone(string text)
    {
        string typed = text.Trim();
        if (typed.StartsWith(International, StringComparison.Ordinal))
            typed = "+" + typed[International.Length..];
        if (!typed.StartsWith('+'))
            return null;
        try
        {
            PhoneNumber number = PhoneNumberUtil.GetInstance().Parse(typed, defaultRegion: null);
            return PhoneNumberUtil.GetInstance().Format(number, PhoneNumberFormat.E164);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
