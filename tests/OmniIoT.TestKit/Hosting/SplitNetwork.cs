using System.Diagnostics;
using System.Globalization;
using System.Net;
using Xunit;

namespace OmniIoT.TestKit.Hosting;

/// <summary>A machine of its own as far as the network goes: a namespace of Linux.</summary>
/// <param name="Namespace">Its name.</param>
/// <param name="Address">Where this machine and the others reach it.</param>
public sealed record NetworkMachine(string Namespace, IPAddress Address);

/// <summary>
/// Machines on one switch with this one. Cut apart, they lose each other without a word, as packets do that are dropped on the way, while
/// each still reaches this machine. It takes Linux, iproute2 and its administrator's rights.
/// </summary>
public sealed class SplitNetwork : IDisposable
{
    private static int _networks;

    private readonly string _name;
    private readonly string _prefix;

    private SplitNetwork(int machines)
    {
        // Names and addresses of the test runs of one machine differ; an interface's has 15 characters at most.
        int number = (Environment.ProcessId * 4) + (Interlocked.Increment(ref _networks) % 4);
        _name = string.Create(CultureInfo.InvariantCulture, $"om{number % 1_000_000}");
        _prefix = string.Create(CultureInfo.InvariantCulture, $"10.{200 + (number / 250 % 50)}.{number % 250}.");
        Machines = [.. Enumerable.Range(1, machines).Select(index => new NetworkMachine($"{_name}-{index}", Address(index + 1)))];
    }

    public IReadOnlyList<NetworkMachine> Machines { get; }

    /// <summary>Where the machines reach this one.</summary>
    public IPAddress Here => Address(1);

    /// <summary>Sets one up; skips the test where that is not allowed.</summary>
    public static SplitNetwork MakeOrSkip(int machines)
    {
        InstalledProgram.Require("ip");
        InstalledProgram.Require("bridge");
        SplitNetwork network = new(machines);
        if (network.TryMake())
            return network;
        network.Dispose();
        Assert.Skip("No network namespaces can be made here: it takes Linux and its administrator's rights.");
        throw new UnreachableException();
    }

    public void Cut() => Isolate("on");

    /// <summary>
    /// As a firewall that was set wrong: nothing of the first machine reaches the others any more, while theirs reaches it.
    /// </summary>
    public void CutOneWay() => Mislead("replace", "lladdr 02:00:00:00:00:01 nud permanent");

    public void Mend()
    {
        Isolate("off");
        Mislead("flush", "nud permanent");
    }

    public void Dispose()
    {
        foreach (NetworkMachine machine in Machines)
            Run($"ip netns delete {machine.Namespace}");
        Run($"ip link delete {_name}");
    }

    private IPAddress Address(int index) => IPAddress.Parse(_prefix + index.ToString(CultureInfo.InvariantCulture));

    private bool TryMake() =>
        Run($"ip link add {_name} type bridge")
        && Run($"ip address add {Here}/24 dev {_name}")
        && Run($"ip link set {_name} up")
        && Machines.All(TryAdd);

    private bool TryAdd(NetworkMachine machine) =>
        Run($"ip netns add {machine.Namespace}")
        && Run($"ip link add {machine.Namespace} type veth peer name eth0 netns {machine.Namespace}")
        && Run($"ip link set {machine.Namespace} master {_name} up")
        && Run($"ip -n {machine.Namespace} link set lo up")
        && Run($"ip -n {machine.Namespace} address add {machine.Address}/24 dev eth0")
        && Run($"ip -n {machine.Namespace} link set eth0 up");

    /// <summary>Isolated ports of a switch exchange nothing with each other.</summary>
    private void Isolate(string onOrOff)
    {
        foreach (NetworkMachine machine in Machines)
            Assert.True(Run($"bridge link set dev {machine.Namespace} isolated {onOrOff}"), "The switch cannot be told to part its ports.");
    }

    /// <summary>Frames to a station that nobody is are dropped by the switch.</summary>
    private void Mislead(string verb, string station)
    {
        foreach (NetworkMachine machine in Machines.Skip(1))
        {
            bool done = Run($"ip -n {Machines[0].Namespace} neighbour {verb} {machine.Address} dev eth0 {station}");
            Assert.True(done, "The first machine cannot be told where the others are.");
        }
    }

    private static bool Run(string command)
    {
        string[] words = command.Split(' ');
        using Process process = Process.Start(
            new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
