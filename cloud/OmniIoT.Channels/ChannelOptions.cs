namespace OmniIoT.Channels;

/// <summary>How channels are set up.</summary>
public sealed record ChannelOptions
{
    /// <summary>
    /// By what address the world knows the host (<c>OmniIoT:PublicUrl</c>), without a slash at its end; null: by the one that it is
    /// called at.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>Where push services find whoever runs the host, unless a channel says it; null: the address is not one of HTTPS.</summary>
    public string? Contact => PublicUrl?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) is true ? PublicUrl : null;

    /// <summary>Where a provider calls a part of a channel; null when the public address is not set.</summary>
    public string? AddressOf(string channel, string part) =>
        PublicUrl is { } url ? $"{url}/api/v1/channels/{Uri.EscapeDataString(channel)}/{part}" : null;

    /// <summary>Where a provider fetches a file; null when the public address is not set.</summary>
    /// <param name="token">Of a link to it.</param>
    public string? AddressOfFile(string token) => PublicUrl is { } url ? $"{url}/f/{token}" : null;
}
