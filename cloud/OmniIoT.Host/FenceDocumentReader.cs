using System.Text.Json;
using OmniIoT.Domain.Places;
using OmniIoT.Geometry;
using OmniIoT.Grains.Catalogs;

namespace OmniIoT.Host;

/// <summary>Reads stored fences with the reader that checked them.</summary>
internal sealed class FenceDocumentReader : IFenceReader
{
    public Fence? Read(string id, ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return FenceReader.Read(id, document.RootElement, CancellationToken.None).Value;
    }
}
