namespace OmniIoT.Api.Access.OpenId;

/// <summary>A provider of OpenID Connect by which people sign in (<c>OmniIoT:SignIn:Oidc:…</c>).</summary>
public sealed record OidcOptions
{
    public const string DefaultRoleClaim = "roles";

    /// <summary>Where <c>/.well-known/openid-configuration</c> lies; HTTPS, or this machine.</summary>
    public required Uri Authority { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null: the client is a public one, and PKCE alone holds.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The claim that roles are found by.</summary>
    public string RoleClaim { get; init; } = DefaultRoleClaim;

    /// <summary>The role by the claim's value; the first that holds.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Roles { get; init; } = [];

    /// <summary>The role of whoever has none of these; null: they do not get in.</summary>
    public string? DefaultRole { get; init; }
}
