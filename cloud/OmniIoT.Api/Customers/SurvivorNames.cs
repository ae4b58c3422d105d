using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Api.Customers;

/// <summary>
/// Records keep the id that they belong to, so that a merge can be undone; whoever asks is told who answers for it now. This
/// stands in one place, where answers are written, so that no call can forget it.
/// </summary>
internal static class SurvivorNames
{
    private const string Member = "customerId";

    /// <summary>Makes every member <c>customerId</c> of an answer name the survivor.</summary>
    public static void TellIn(JsonSerializerOptions options, ICatalog catalog) =>
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(type =>
            Change(type, catalog)
        );

    private static void Change(JsonTypeInfo type, ICatalog catalog)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.Name != Member || property.PropertyType != typeof(string) || property.Get is not { } get)
                continue;
            property.Get = record => catalog.Merges.SurvivorOf((string?)get(record));
        }
    }
}
