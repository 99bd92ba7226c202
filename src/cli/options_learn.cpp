// SPDX-License-Identifier: Apache-2.0
// Commands that tell about the program itself, and doctor, which tells about the machine.
#include "cli/options.hpp"
#include "cli/options_secrets.hpp"

namespace cli {
namespace {

void add_rules(CLI::App& app, Arguments& args) {
  CLI::App& rules = add_command(app, args, "rules", "All rules, a line each");
  add_format(rules, args, {"table", "json", "markdown"});

  add_examples(rules, {"rules", "rules --format json"});

  CLI::App& explain =
      add_command(app, args, "explain", "What a rule means and how to mend it; or: assumptions");
  explain.add_option("topic", args.topic, "A rule's id or slug, or assumptions")
      ->type_name("RULE|assumptions")
      ->required();
  add_secret_options(explain, args, "The secrets that SEC-02 watches");
  add_format(explain, args, {"table", "json"});
  add_examples(explain, {"explain ROW-04", "explain duplicate-key-in-response",
                         "explain assumptions --format json"});
}

void add_doctor_command(CLI::App& app, Arguments& args) {
  CLI::App& doctor = add_command(app, args, "doctor",
                                 "What is installed, and with a target what it needs and how it "
                                 "would be run");
  add_connector_options(doctor, args);
  doctor.add_option("--external-id", args.external_id, "External id for --role-arn")
      ->type_name("ID");
  add_format(doctor, args, {"table", "json"});
  add_examples(doctor, {"doctor", "doctor main.py", "doctor --format json"});
}

void add_shell_commands(CLI::App& app, Arguments& args) {
  CLI::App& completion = add_command(app, args, "completion",
                                     "Print the completion of commands, options and values for a "
                                     "shell");
  completion.add_option("shell", args.topic, "The shell")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  add_examples(completion,
               {"completion bash > ~/.local/share/bash-completion/completions/fivetran-sim",
                "completion zsh > ~/.zfunc/_fivetran-sim",
                "completion fish > ~/.config/fish/completions/fivetran-sim.fish"});

  CLI::App& man = add_command(app, args, "man", "Print the manual page");
  add_examples(man, {"man | man -l -", "man > fivetran-sim.1"});
}

void add_demo(CLI::App& app, Arguments& args) {
  CLI::App& demo =
      add_command(app, args, "demo",
                  "Write a small connector to a temporary folder and sync it twice, or show what "
                  "is said of a faulty one");
  demo.add_option("--defect", args.demo.defect, "Show the sample of this rule instead")
      ->type_name("RULE");
  demo.add_option("--to", args.demo.to, "Write to this new or empty folder instead")
      ->type_name("DIR");
  add_examples(demo, {"demo", "demo --defect ROW-04", "demo --to my-first-connector"});
}

}  // namespace

void add_learning_commands(CLI::App& app, Arguments& args) {
  add_rules(app, args);
  add_doctor_command(app, args);
  add_demo(app, args);
  add_shell_commands(app, args);
}

}  // namespace cli
