using OmniIoT.Devices;

namespace OmniIoT.Ports.Security;

/// <summary>
/// What a customer's app signs in with: <c>customer id.secret</c>, so that a request that bears it names its customer.
/// </summary>
public static class AppToken
{
    private const char Separator = '.';

    public static string New(string customerId) => customerId + Separator + SecretHasher.NewSecret();

    /// <summary>Whose token it claims to be; null when it has not the form.</summary>
    public static string? CustomerOf(string token)
    {
        // Ids may hold the separator, secrets never do.
        int end = token.LastIndexOf(Separator);
        return end > 0 && Identifier.IsValid(token[..end]) ? token[..end] : null;
    }
}
