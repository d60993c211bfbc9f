# An exception deep inside methods.


class Account:
    def __init__(self, balance):
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("insufficient funds")
        self.balance -= amount
        return self.balance


class Bank:
    def __init__(self):
        self.accounts = {"ann": Account(10)}

    def pay(self, name, amount):
        return self.accounts[name].withdraw(amount)


bank = Bank()
print(bank.pay("ann", 3))
bank.pay("ann", 30)
