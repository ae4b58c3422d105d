using System.Globalization;
using System.IO.Hashing;
using System.Text;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Silo;
using OmniIoT.Ports.Security;
using Orleans;

namespace OmniIoT.Grains.Limits;

/// <summary>
/// Asks the grain that counts for the key: few grains, each of which bounds what it remembers, so that inventing keys fills no memory. A
/// count that is lost with its process lets somebody try anew, which is better than to keep everybody out.
/// </summary>
internal sealed class GrainAttempts(IGrainFactory grains) : IAttempts
{
    private const int SharesOfAKind = 64;

    public async ValueTask<AttemptPlace> BeginAsync(AttemptRule rule, string key)
    {
        try
        {
            return await Of(rule.What, key).BeginAsync(key, rule.Maximum, rule.Window);
        }
        catch (Exception error) when (LostCalls.MayBeMadeAgain(error))
        {
            return AttemptPlace.Given;
        }
    }

    public async ValueTask SettleAsync(AttemptRule rule, string key, bool counts)
    {
        try
        {
            await Of(rule.What, key).SettleAsync(key, counts);
        }
        catch (Exception error) when (LostCalls.MayBeMadeAgain(error))
        {
            // Forgotten, as all that was counted there.
        }
    }

    private IAttemptsGrain Of(string what, string key)
    {
        ulong share = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(key)) % SharesOfAKind;
        return grains.GetGrain<IAttemptsGrain>(string.Create(CultureInfo.InvariantCulture, $"{what}/{share}"));
    }
}
