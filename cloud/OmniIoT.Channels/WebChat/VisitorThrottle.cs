using System.Net;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.WebChat;

/// <summary>Keeps one address from filling the house with visitors: so many in a minute.</summary>
public sealed class VisitorThrottle(IAttempts attempts)
{
    private const string What = "visitor";

    /// <summary>A school class behind one address may come at once.</summary>
    private const int VisitorsPerMinute = 60;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public async ValueTask<bool> AdmitAsync(IPAddress? address)
    {
        string key = (address ?? IPAddress.None).ToString();
        if (await attempts.WaitOfAsync(What, key, VisitorsPerMinute) is not null)
            return false;
        await attempts.CountAsync(What, key, Window);
        return true;
    }
}
