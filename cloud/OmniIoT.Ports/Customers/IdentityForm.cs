using OmniIoT.Domain.Customers;
using PhoneNumbers;

namespace OmniIoT.Ports.Customers;

/// <summary>
/// The one form in which identities are compared and found, however somebody typed them: e-mail addresses without case, phone
/// numbers in E.164. The customer keeps what was typed; the index and the search text have this form.
/// </summary>
public static class IdentityForm
{
    /// <summary>Rises when the form of anything changes: what is stored by an earlier one is written anew at start.</summary>
    public const int Version = 1;

    private const string International = "00";

    /// <inheritdoc cref="Of(string, string, string)"/>
    public static Identity Of(Identity identity, string? region = null) =>
        identity with
        {
            Value = Of(identity.Type, identity.Value, region),
        };

    /// <param name="region">Whose national numbers are meant, in two letters (<c>AZ</c>); null: those with a country only.</param>
    public static string Of(string type, string value, string? region = null) =>
        type.ToLowerInvariant() switch
        {
            "email" => value.Trim().ToLowerInvariant(),
            "phone" => Phone(value, region) ?? value.Trim(),
            _ => value,
        };

    /// <summary>Of text that may be a phone number: E.164; else null. Without a region a national number names no one country.</summary>
    /// <param name="region"><inheritdoc cref="Of(string, string, string)" path="/param[@name='region']"/></param>
    public static string? Phone(string text, string? region = null)
    {
        string typed = text.Trim();
        if (typed.StartsWith(International, StringComparison.Ordinal))
            typed = "+" + typed[International.Length..];
        if (region is null && !typed.StartsWith('+'))
            return null;
        try
        {
            PhoneNumber number = PhoneNumberUtil.GetInstance().Parse(typed, region);
            return PhoneNumberUtil.GetInstance().Format(number, PhoneNumberFormat.E164);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>
    /// What an identity may be stored as: its own form first, and for a phone number of the region those in which people write it without
    /// its country, such as <c>050 123 45 67</c>.
    /// </summary>
    /// <param name="region"><inheritdoc cref="Of(string, string, string)" path="/param[@name='region']"/></param>
    public static IReadOnlyList<string> Spellings(Identity identity, string? region)
    {
        string form = Of(identity.Type, identity.Value, region);
        if (region is null || Phone(form) != form)
            return [form];
        PhoneNumberUtil numbers = PhoneNumberUtil.GetInstance();
        PhoneNumber number = numbers.Parse(form, region);
        if (numbers.GetCountryCodeForRegion(region) != number.CountryCode)
            return [form];
        string national = numbers.Format(number, PhoneNumberFormat.NATIONAL);
        string[] groups = national.Split(' ');
        return
        [
            form,
            national,
            string.Join('-', groups),
            $"({groups[0]}) {string.Join('-', groups[1..])}",
            string.Concat(national.Where(char.IsAsciiDigit)),
            numbers.GetNationalSignificantNumber(number),
        ];
    }

    /// <summary>Whether numbers of such a region are known.</summary>
    public static bool IsRegion(string region) => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(region);
}
