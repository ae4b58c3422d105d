using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Orleans;
using Orleans.Runtime;

namespace OmniIoT.Grains.Silo;

/// <summary>
/// To be asked before the silo joins: what is sent to the address that the others are told must arrive here, and they must be able to have
/// such an address. That this process reaches the others is the silo's own to look after.
/// </summary>
public sealed class SiloReachability(GrainsOptions options, ILocalSiloDetails silo, IMembershipTable table, TimeProvider time)
{
    /// <summary>Longer than a connection within a data centre takes, when its first packet is lost twice.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Who wrote that it is alive within this time counts as being there.</summary>
    private static readonly TimeSpan AliveWithin = TimeSpan.FromSeconds(30);

    /// <exception cref="UnreachableSiloException">They could not.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        IPEndPoint advertised = silo.SiloAddress.Endpoint;
        MembershipTableData members = await table.ReadAllAsync(cancellationToken);
        foreach ((MembershipEntry other, _) in members.Members)
            RequireSameMachine(advertised, other);
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await SendAsync(advertised, enough.Token);
        }
        catch (SocketException error)
        {
            throw new UnreachableSiloException(advertised, error.Message);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new UnreachableSiloException(advertised, $"within {Patience.TotalSeconds:0} s nothing that was sent there came here");
        }
    }

    /// <summary>A loopback address means each machine itself.</summary>
    private void RequireSameMachine(IPEndPoint advertised, MembershipEntry other)
    {
        bool isThere = other.Status is SiloStatus.Active && time.GetUtcNow().UtcDateTime - other.IAmAliveTime < AliveWithin;
        bool isElsewhere = !string.Equals(other.HostName, Dns.GetHostName(), StringComparison.OrdinalIgnoreCase);
        if (isThere && isElsewhere && IPAddress.IsLoopback(advertised.Address))
            throw new UnreachableSiloException(advertised, $"a process of the cluster is on another machine, {other.HostName}");
    }

    /// <summary>Sends a word there, and returns once it came here.</summary>
    private async Task SendAsync(IPEndPoint advertised, CancellationToken cancellationToken)
    {
        byte[] word = RandomNumberGenerator.GetBytes(16);
        using Socket listener = new(advertised.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(options.Cluster!.Listen.Address, advertised.Port));
        listener.Listen();
        Task heard = HearAsync(listener, word, cancellationToken);
        using Socket caller = new(advertised.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(advertised, cancellationToken);
        await caller.SendAsync(word, cancellationToken);
        await heard;
    }

    /// <summary>Others may call meanwhile, who look for an earlier run of this process.</summary>
    private static async Task HearAsync(Socket listener, byte[] word, CancellationToken cancellationToken)
    {
        byte[] heard = new byte[word.Length];
        do
        {
            using Socket call = await listener.AcceptAsync(cancellationToken);
            await ReadAsync(call, heard, cancellationToken);
        } while (!heard.AsSpan().SequenceEqual(word));
    }

    private static async Task ReadAsync(Socket call, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            while (buffer.Length > 0 && await call.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
                buffer = buffer[count..];
        }
        catch (SocketException)
        {
            // It is another's call, which broke off.
        }
    }
}
