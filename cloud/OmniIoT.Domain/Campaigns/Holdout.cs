using System.Text;

namespace OmniIoT.Domain.Campaigns;

/// <summary>Who is held out of a campaign: fixed by customer and campaign, so that it never changes and needs no memory.</summary>
public static class Holdout
{
    private const int Steps = 10_000;

    /// <summary>0 to 99.99 in steps of 0.01, evenly spread over customers and independent between campaigns.</summary>
    public static double PercentileOf(string customerId, string campaignId)
    {
        // FNV-1a over both ids, with a byte between them that no UTF-8 text contains.
        ulong hash = Append(14695981039346656037UL, customerId);
        hash = Append((hash ^ 0xFF) * 1099511628211UL, campaignId);

        // FNV's upper bits lag behind for short texts: fold them in (the finalizer of MurmurHash3).
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        hash ^= hash >> 33;
        return hash % Steps * (100.0 / Steps);
    }

    private static ulong Append(ulong hash, string text)
    {
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ unit) * 1099511628211UL;
        return hash;
    }
}
