namespace OmniIoT.Api.Hosting;

/// <summary>How the API is set up.</summary>
public sealed record ApiOptions
{
    /// <summary>The key with full rights (<c>OmniIoT:Api:Key</c>); null: one is made at the first start.</summary>
    public string? Key { get; init; }
}
