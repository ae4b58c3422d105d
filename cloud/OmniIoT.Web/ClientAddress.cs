using System.Net;
using Microsoft.AspNetCore.Http;

namespace OmniIoT.Web;

/// <summary>Where a call comes from.</summary>
public static class ClientAddress
{
    /// <summary>The client's address, behind a trusted proxy as that tells it.</summary>
    public static string Of(HttpContext context)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
