using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;

namespace OmniIoT.Ports.Live;

/// <summary>What changed keeps the id that it belongs to; whoever is told of it is told who answers for that now.</summary>
public static class SurvivorNaming
{
    private const string Member = "customerId";

    /// <param name="json">What changed, in UTF-8.</param>
    /// <param name="customerId">Whose it is; null: nobody's.</param>
    public static ReadOnlyMemory<byte> Naming(this Merges merges, ReadOnlyMemory<byte> json, string? customerId)
    {
        string? survivor = merges.SurvivorOf(customerId);
        if (survivor == customerId || JsonNode.Parse(json.Span) is not JsonObject named)
            return json;
        named[Member] = survivor;
        return JsonSerializer.SerializeToUtf8Bytes(named, OmniJson.Options);
    }
}
