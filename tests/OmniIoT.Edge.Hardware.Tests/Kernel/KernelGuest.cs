using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Edge.Hardware.Tests.Kernel;

/// <summary>
/// A virtual machine of this test's own, by software alone: Debian's kernel with gpio-sim and i2c-stub, on which the guest's
/// program uses sensors and outputs. Started by the first test that asks; the others share what it said.
/// </summary>
public sealed class KernelGuest : IDisposable
{
    /// <summary>Made by tests/kernel-guest.sh.</summary>
    private const string KernelFolder = "/var/cache/omniiot/kernel-guest";
    private const string Said = "guest: ";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("omniiot-guest-").FullName;
    private readonly SemaphoreSlim _starting = new(1);
    private IReadOnlyDictionary<string, string>? _said;

    /// <summary>What the guest said, by what it is about. Skips the test where something that it needs is not installed.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _said ??= await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public void Dispose()
    {
        _starting.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<IReadOnlyDictionary<string, string>> StartAsync()
    {
        string qemu = InstalledProgram.Require("qemu-system-x86_64");
        string kernel = InstalledProgram.RequireFile($"{KernelFolder}/vmlinuz");
        string image = Path.Combine(_folder, "initramfs");
        GuestImage.Write(
            image,
            KernelFolder,
            InstalledProgram.Require("busybox"),
            InstalledProgram.RequireFile("/usr/lib/x86_64-linux-gnu/libgpiod.so.2")
        );
        await using LineProcess machine = LineProcess.Start(
            qemu,
            "-accel",
            "tcg",
            "-cpu",
            "max",
            "-smp",
            "1",
            "-m",
            "1024",
            "-nographic",
            "-no-reboot",
            "-nic",
            "none",
            "-kernel",
            kernel,
            "-initrd",
            image,
            "-append",
            "console=ttyS0 quiet panic=-1"
        );
        return await WatchAsync(machine);
    }

    private static async Task<IReadOnlyDictionary<string, string>> WatchAsync(LineProcess machine)
    {
        await machine.ExitAsync("the guest", Limit);
        Dictionary<string, string> said = new(StringComparer.Ordinal);
        foreach (string? line in machine.Lines.Where(line => line.Contains(Said, StringComparison.Ordinal)))
        {
            string[] parts = line[(line.IndexOf(Said, StringComparison.Ordinal) + Said.Length)..].Trim().Split(" = ", 2);
            said[parts[0]] = parts[1];
        }
        Assert.True(said.ContainsKey("end"), $"The guest ended early:\n{string.Join('\n', machine.Lines.TakeLast(40))}");
        return said;
    }
}
