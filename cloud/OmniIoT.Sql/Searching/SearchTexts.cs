using System.Globalization;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Sql.Searching;

/// <summary>What of each record is searched.</summary>
internal static class SearchTexts
{
    public static string Of(DeviceRegistration device) => SearchText.Of(device.Id, device.Name);

    public static string Of(Case @case) => SearchText.Of(@case.Id, @case.Number.ToString(CultureInfo.InvariantCulture), @case.Title);

    public static string Of(TimelineEntry entry) => SearchText.Of(entry.Title, entry.Text);

    /// <summary>Of a customer: their identities as typed and in the form in which they are compared, numbers as one word.</summary>
    public static string Of(Customer customer) =>
        SearchText.OfWords([
            .. SearchText.Words(customer.Id),
            .. SearchText.Words(customer.Name ?? ""),
            .. customer.Identities.SelectMany(WordsOf),
        ]);

    private static IEnumerable<string> WordsOf(Identity identity)
    {
        string compared = IdentityForm.Of(identity.Type, identity.Value);
        return new[] { identity.Value, compared }
            .Distinct(StringComparer.Ordinal)
            .SelectMany(value => SearchQuery.NumberIn(value) is { } number ? [number] : SearchText.Words(value));
    }
}
