using System.Diagnostics;
using System.Runtime.InteropServices;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Edge.Hardware.Tests.Kernel;

/// <summary>The guest's file system: busybox, the kernel's modules, this machine's .NET, and the guest's program as it was built.</summary>
internal static class GuestImage
{
    private const string Init = """
        #!/bin/busybox sh
        b=/bin/busybox
        $b mount -t proc proc /proc
        $b mount -t sysfs sysfs /sys
        $b mount -t devtmpfs devtmpfs /dev
        cd /modules
        for module in configfs irq-sim gpio-sim i2c-dev; do $b insmod $module.ko; done
        $b insmod i2c-stub.ko chip_addr=0x40,0x48,0x76
        $b mount -t configfs configfs /sys/kernel/config
        $b mkdir /sys/kernel/config/gpio-sim/chip /sys/kernel/config/gpio-sim/chip/bank
        echo 8 > /sys/kernel/config/gpio-sim/chip/bank/num_lines
        echo 1 > /sys/kernel/config/gpio-sim/chip/live
        export HOME=/tmp DOTNET_ROOT=/dotnet DOTNET_EnableDiagnostics=0 DOTNET_EnableWriteXorExecute=0
        /dotnet/dotnet /app/OmniIoT.Edge.Hardware.Guest.dll
        $b poweroff -f
        """;

    public static void Write(string path, string kernelFolder, string busybox, string gpioLibrary)
    {
        using FileStream file = File.Create(path);
        CpioArchive archive = new(file);
        foreach (string? folder in new[] { "proc", "sys", "dev", "tmp" })
            archive.AddFolder(folder);
        archive.AddText("init", Init.ReplaceLineEndings("\n"));
        archive.AddFile("bin/busybox", busybox);
        foreach (string module in Directory.GetFiles(Path.Combine(kernelFolder, "modules")))
            archive.AddFile($"modules/{Path.GetFileName(module)}", module);
        AddFolder(
            archive,
            "app",
            AppContext.BaseDirectory.Replace("OmniIoT.Edge.Hardware.Tests", "OmniIoT.Edge.Hardware.Guest", StringComparison.Ordinal)
        );
        AddRuntime(archive, gpioLibrary);
        archive.End();
    }

    private static void AddRuntime(CpioArchive archive, string gpioLibrary)
    {
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        string root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        string version = Path.GetFileName(runtime);
        archive.AddFile("dotnet/dotnet", Path.Combine(root, "dotnet"));
        AddFolder(archive, $"dotnet/host/fxr/{version}", Path.Combine(root, "host", "fxr", version));
        AddFolder(archive, $"dotnet/shared/Microsoft.NETCore.App/{version}", runtime);
        archive.AddFile(gpioLibrary.TrimStart('/'), gpioLibrary);
        string[] native =
        [
            Path.Combine(root, "dotnet"),
            Path.Combine(runtime, "libcoreclr.so"),
            Path.Combine(runtime, "libSystem.Native.so"),
            gpioLibrary,
        ];
        foreach (string? library in native.SelectMany(Libraries).Distinct(StringComparer.Ordinal))
            archive.AddFile(library.TrimStart('/'), library);
    }

    private static void AddFolder(CpioArchive archive, string target, string source)
    {
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
            archive.AddFile($"{target}/{Path.GetRelativePath(source, file)}", file);
    }

    /// <summary>What the loader would load for a program or library, by the paths at which it looks.</summary>
    private static List<string> Libraries(string program)
    {
        using Process ldd = Process.Start(
            new ProcessStartInfo(InstalledProgram.Require("ldd"), [program]) { RedirectStandardOutput = true }
        )!;
        string text = ldd.StandardOutput.ReadToEnd();
        ldd.WaitForExit();
        return [.. text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('/'))];
    }
}
