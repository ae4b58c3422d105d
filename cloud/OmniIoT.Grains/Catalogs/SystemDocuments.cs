using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Catalogs;

/// <summary>Reads what is stored of other systems, its secrets sealed; null: one that is not understood.</summary>
internal static class SystemDocuments
{
    public static Webhook? ReadWebhook(Document document) => JsonSerializer.Deserialize<Webhook>(document.Json, OmniJson.Options);

    public static Integration? ReadIntegration(Document document) =>
        JsonSerializer.Deserialize<Integration>(document.Json, OmniJson.Options) is { } integration
            ? integration with
            {
                Endpoint = integration.Endpoint.TrimEnd('/'),
            }
            : null;
}
