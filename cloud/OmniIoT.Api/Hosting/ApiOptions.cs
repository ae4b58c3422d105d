using OmniIoT.Api.Access.OpenId;

namespace OmniIoT.Api.Hosting;

/// <summary>How the API is set up.</summary>
public sealed record ApiOptions
{
    /// <summary>The key with full rights (<c>OmniIoT:Api:Key</c>); null: one is made at the first start.</summary>
    public string? Key { get; init; }

    /// <summary>Null: nobody signs in by a provider.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>
    /// Whether <c>/metrics</c> asks nobody who they are (<c>OmniIoT:Http:PublicMetrics</c>); else it is for administrators.
    /// </summary>
    public bool PublicMetrics { get; init; } = true;

    /// <summary>The same of <c>/openapi/v1.json</c> (<c>OmniIoT:Http:PublicDescription</c>).</summary>
    public bool PublicDescription { get; init; } = true;

    /// <summary>By what address the world knows the host (<c>OmniIoT:PublicUrl</c>); null: by whatever address a call names.</summary>
    public string? PublicUrl { get; init; }
}
