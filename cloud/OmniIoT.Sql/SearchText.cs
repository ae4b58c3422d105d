using OmniIoT.Domain.Customers;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Sql;

/// <summary>
/// Text that is found whatever its case. Both sides are lowered here because engines differ in what they call the same letter.
/// </summary>
internal static class SearchText
{
    public static string Of(params IEnumerable<string?> parts) =>
        string.Join('\n', parts.Where(part => !string.IsNullOrEmpty(part))).ToLowerInvariant();

    /// <summary>What stands between spaces; nothing when there is no text.</summary>
    public static string[] Words(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Of a customer: their identities as typed, and in the form in which they are compared.</summary>
    public static string Of(Customer customer) =>
        Of([
            customer.Id,
            customer.Name,
            .. customer
                .Identities.SelectMany(identity => new[] { identity.Value, IdentityForm.Of(identity.Type, identity.Value) })
                .Distinct(),
        ]);

    /// <summary>The pattern that matches text anywhere, for <c>LIKE … ESCAPE '\'</c>.</summary>
    public static string Pattern(string text) =>
        $"%{text.ToLowerInvariant().Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
}
