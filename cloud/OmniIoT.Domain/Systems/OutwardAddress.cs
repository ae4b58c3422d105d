using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Systems;

/// <summary>Reads addresses that the host is to call.</summary>
internal static class OutwardAddress
{
    private const int MaxLength = 2_000;

    /// <summary>A required address; empty, with a mistake noted, when it is none that may be called.</summary>
    /// <param name="allowsPrivate">Whether it may lie in a private network.</param>
    public static string Read(JsonFields fields, string name, bool allowsPrivate)
    {
        if (fields.RequiredText(name, MaxLength) is not { } text)
            return "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            fields.Refuse(name, "must be an address that begins with http:// or https://");
        else if (address.UserInfo.Length > 0)
            fields.Refuse(name, "must not have a name or password in it");
        else if (!allowsPrivate && PrivateAddresses.IsPrivateHost(address))
            fields.Refuse(name, "must not lie in a private network, unless the setting OmniIoT:Webhooks:AllowPrivate is true");
        return text;
    }
}
